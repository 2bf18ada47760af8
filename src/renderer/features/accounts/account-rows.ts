import type { AccountEntry, AccountList, Token } from '#main/features/accounts/contract.ts';

/** Lines of the table, all of one height. */
export type AccountRow =
  | { kind: 'account'; key: string; account: AccountEntry; held: readonly Held[] }
  | { kind: 'key'; key: string; account: AccountEntry; privateKey: string }
  | { kind: 'token'; key: string; account: AccountEntry; token: Token; amount: string | null };

/** A token of which an account has some. */
export interface Held {
  token: Token;
  amount: string;
}

/** By address. */
export interface Shown {
  /** Whose tokens are listed below it. */
  open: ReadonlySet<string>;
  /** The one key that is shown. */
  revealed: { address: string; key: string } | null;
}

/** Accounts, with what is open below each of them. */
export function accountRows(
  { accounts, tokens }: Pick<AccountList, 'accounts' | 'tokens'>,
  { open, revealed }: Shown,
): AccountRow[] {
  return accounts.flatMap((account): AccountRow[] => {
    const { address } = account;
    const rows: AccountRow[] = [
      { kind: 'account', key: address, account, held: heldBy(account, tokens) },
    ];
    if (revealed?.address === address) {
      rows.push({ kind: 'key', key: `${address} key`, account, privateKey: revealed.key });
    }
    if (open.has(address)) {
      for (const [i, token] of tokens.entries()) {
        const amount = account.balances[i] ?? null;
        rows.push({ kind: 'token', key: `${address} ${token.address}`, account, token, amount });
      }
    }
    return rows;
  });
}

const heldBy = ({ balances }: AccountEntry, tokens: readonly Token[]): Held[] =>
  tokens.flatMap((token, i) => {
    const amount = balances[i] ?? '0';
    return amount === '0' ? [] : [{ token, amount }];
  });
