import { create } from 'zustand';

/** What the dialog is about; a new entry of the book has no address yet. */
export interface LabelSubject {
  /** In which it is seen; null: in none. */
  network: string | null;
  address: string | null;
  /** Which label is changed at first; default: the one that is shown there. */
  scope?: 'network' | 'all';
}

/** The Label dialog; it can be opened wherever an address stands. */
export const useLabelDialog = create<{ subject: LabelSubject | null }>(() => ({ subject: null }));

export function openLabelDialog(subject: LabelSubject): void {
  useLabelDialog.setState({ subject });
}

export function closeLabelDialog(): void {
  useLabelDialog.setState({ subject: null });
}
