import { create } from 'zustand';

/** Whether the Add project dialog is open; it can be opened from anywhere. */
export const useAddProject = create<{ open: boolean }>(() => ({ open: false }));

export function openAddProject(): void {
  useAddProject.setState({ open: true });
}

export function closeAddProject(): void {
  useAddProject.setState({ open: false });
}
