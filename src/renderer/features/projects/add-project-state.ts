import { create } from 'zustand';

interface AddProject {
  open: boolean;
  /** What its field begins with. */
  folder: string;
  /** Counts up each time it is opened: what was typed for another folder is gone then. */
  times: number;
}

/** The Add project dialog; it can be opened from anywhere. */
export const useAddProject = create<AddProject>(() => ({ open: false, folder: '', times: 0 }));

export function openAddProject(): void {
  openAddProjectAt('');
}

export function openAddProjectAt(folder: string): void {
  useAddProject.setState(({ times }) => ({ open: true, folder, times: times + 1 }));
}

export function closeAddProject(): void {
  useAddProject.setState({ open: false });
}
