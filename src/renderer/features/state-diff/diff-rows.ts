import type { Authority, DiffCode, DiffVariable } from '#main/features/state-diff/contract.ts';
import { signedDifference, variableDifference } from '../../core/inside/change-words.ts';
import { exactEther } from '../../core/inside/words.ts';
import { plural } from '../../ui/format.ts';
import type { ChangedAccount } from './use-state-diff.ts';

/** Which changes are shown. */
export const diffKinds = ['all', 'accounts', 'code', 'storage', 'authority'] as const;
export type DiffKind = (typeof diffKinds)[number];

export interface ChangeRow {
  kind: 'change';
  key: string;
  name: string;
  /** The name is that of a slot of which nothing is known. */
  isRaw: boolean;
  type: string | null;
  before: string;
  after: string;
  difference: string | null;
  /** What it says of who may do what. */
  authority: string | null;
}

export interface AccountRow {
  kind: 'account';
  key: string;
  of: ChangedAccount['account'];
  /** How many of its changes are shown. */
  count: number;
}

export type DiffRow = AccountRow | ChangeRow;

interface Wanted {
  kind: DiffKind;
  /** In a name, an address or a value. */
  text: string;
  /** With what the chain itself writes at each block. */
  withSystem: boolean;
}

/** The rows of a table: each account, followed by its changes. */
export function diffRows(
  accounts: readonly ChangedAccount[],
  { kind, text, withSystem }: Wanted,
): DiffRow[] {
  const looked = text.trim().toLowerCase();
  const rows: DiffRow[] = [];
  for (const changed of accounts) {
    const { account } = changed;
    if (account.system !== null && !withSystem) continue;
    const isNamed = [account.address, account.contract, account.label].some((name) =>
      name?.toLowerCase().includes(looked),
    );
    const shown = changesOf(changed, kind).filter((row) => isNamed || mentions(row, looked));
    if (shown.length === 0) continue;
    rows.push({ kind: 'account', key: account.address, of: account, count: shown.length });
    rows.push(...shown);
  }
  return rows;
}

const mentions = ({ name, before, after, authority }: ChangeRow, text: string): boolean =>
  [name, before, after, authority].some((one) => one?.toLowerCase().includes(text));

function changesOf({ account, variables }: ChangedAccount, kind: DiffKind): ChangeRow[] {
  const { address, balance, nonce, code } = account;
  const isShown = (one: DiffKind) => kind === 'all' || kind === one;
  const row = (name: string, before: string, after: string): ChangeRow => ({
    ...{ kind: 'change', key: `${address} ${name}`, name, isRaw: false, type: null },
    ...{ before, after, difference: null, authority: null },
  });
  const rows: ChangeRow[] = [];
  if (balance && isShown('accounts')) {
    const { before, after } = balance;
    const difference = signedDifference(before, after, exactEther);
    rows.push({ ...row('balance', exactEther(before), exactEther(after)), difference });
  }
  if (nonce && isShown('accounts')) {
    const difference = signedDifference(nonce.before, nonce.after);
    rows.push({ ...row('nonce', nonce.before, nonce.after), difference });
  }
  if (code && isShown('code')) {
    rows.push(row('code', codeText(code.before), codeText(code.after)));
  }
  const shown = isShown('storage')
    ? variables
    : kind === 'authority'
      ? variables.filter(({ authority }) => authority !== null)
      : [];
  rows.push(...shown.map((one, i) => variableRow(address, one, i)));
  return rows;
}

const variableRow = (
  address: string,
  { name, type, slot, before, after, authority }: DiffVariable,
  index: number,
): ChangeRow => ({
  ...{ kind: 'change', key: `${address} ${index}`, name: name ?? slot, isRaw: name === null },
  ...{ type, before, after, difference: variableDifference(type, before, after) },
  authority: authority && authorityText(authority),
});

const authorityText = ({ kind, role }: Authority): string =>
  role === null ? kind : kind === 'role' ? role : `${kind} of ${role}`;

const codeText = ({ bytes, hash }: DiffCode): string =>
  hash === null ? 'none' : `${plural(bytes, 'byte')} ${hash.slice(0, 10)}`;

/** What has become of the code of an account; null: nothing. */
export function codeWord({ code }: ChangedAccount['account']): 'new' | 'gone' | 'replaced' | null {
  if (!code) return null;
  if (code.before.hash === null) return 'new';
  return code.after.hash === null ? 'gone' : 'replaced';
}
