import { create } from 'zustand';

/** The argument that Deploy can't go without, until its field has taken the focus. */
export const useAskedArgument = create<{ project: number | null; index: number }>(() => ({
  project: null,
  index: 0,
}));

export function askForArgument(project: number, index: number): void {
  useAskedArgument.setState({ project, index });
}

export function argumentIsAsked(): void {
  useAskedArgument.setState({ project: null });
}
