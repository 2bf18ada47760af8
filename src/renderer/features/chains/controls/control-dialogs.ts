import { create } from 'zustand';

export type ControlDialog = 'next block' | 'jump' | 'account' | 'variable';

/** The dialog that sets something about a chain; it can be opened from anywhere. */
export const useControlDialog = create<{ open: { chain: string; what: ControlDialog } | null }>(
  () => ({ open: null }),
);

export function openControl(chain: string, what: ControlDialog): void {
  useControlDialog.setState({ open: { chain, what } });
}

export function closeControl(): void {
  useControlDialog.setState({ open: null });
}
