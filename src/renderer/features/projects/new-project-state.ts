import { create } from 'zustand';

interface NewProject {
  open: boolean;
  /** Counts up each time it is opened: what was typed before is gone then. */
  times: number;
}

/** The New project dialog; it can be opened from anywhere. */
export const useNewProject = create<NewProject>(() => ({ open: false, times: 0 }));

export function openNewProject(): void {
  useNewProject.setState(({ times }) => ({ open: true, times: times + 1 }));
}

export function closeNewProject(): void {
  useNewProject.setState({ open: false });
}
