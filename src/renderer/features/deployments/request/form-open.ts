import { create } from 'zustand';

interface FormOpen {
  /** Whether a project's form shows its fields beside a run; missing: only without a run. */
  open: Record<number, boolean>;
}

export const useFormOpen = create<FormOpen>(() => ({ open: {} }));

export function openForm(project: number): void {
  useFormOpen.setState(({ open }) => ({ open: { ...open, [project]: true } }));
}

/** The run leads: the form becomes one line. */
export function closeForm(project: number): void {
  useFormOpen.setState(({ open }) => ({ open: { ...open, [project]: false } }));
}
