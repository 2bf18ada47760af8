import { create } from 'zustand';

/** What is done to an account in a dialog. */
export type AccountAction = 'fund' | 'deal' | 'watch' | 'impersonate';

export interface AccountDialog {
  action: AccountAction;
  network: string;
  /** null: it is to be given. */
  account: string | null;
  /** Of a deal; null: it is to be given. */
  token: string | null;
}

/** The one dialog about an account that is open; it can be opened from anywhere. */
export const useAccountDialog = create<{ open: AccountDialog | null }>(() => ({ open: null }));

export function openAccountDialog(
  action: AccountAction,
  network: string,
  { account = null, token = null }: { account?: string | null; token?: string | null } = {},
): void {
  useAccountDialog.setState({ open: { action, network, account, token } });
}

export function closeAccountDialog(): void {
  useAccountDialog.setState({ open: null });
}
