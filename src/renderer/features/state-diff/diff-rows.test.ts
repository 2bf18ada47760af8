import { expect, test } from 'vitest';
import type { DiffAccount, DiffVariable } from '#main/features/state-diff/contract.ts';
import { diffRows } from './diff-rows.ts';

const account = (address: string, more: Partial<DiffAccount> = {}): DiffAccount => ({
  ...{ address, contract: null, label: null, system: null, balance: null, nonce: null },
  ...{ code: null, slots: 0, problem: null },
  ...more,
});
const variable = (name: string | null, more: Partial<DiffVariable> = {}): DiffVariable => ({
  ...{ name, type: 'uint256', slot: '0x01', before: '3', after: '1', authority: null },
  ...more,
});

const accounts = [
  {
    account: account('0xaa', { contract: 'Vault', balance: { before: '0', after: '2' } }),
    variables: [
      variable('total'),
      variable('_owner', {
        type: 'address',
        before: '0xb0b',
        after: '0xa11ce',
        authority: { kind: 'owner', role: null, account: null },
      }),
      variable(null, { type: null }),
    ],
  },
  { account: account('0xf9', { system: 'hashes' }), variables: [variable(null)] },
];
const all = { kind: 'all', text: '', withSystem: false } as const;
const shown = (wanted: Partial<Parameters<typeof diffRows>[1]>) =>
  diffRows(accounts, { ...all, ...wanted }).map((row) =>
    row.kind === 'account' ? `${row.of.address} ${row.count}` : row.name,
  );

test('each account is followed by its changes, without what the chain itself writes', () => {
  expect(shown({})).toEqual(['0xaa 4', 'balance', 'total', '_owner', '0x01']);
  expect(shown({ withSystem: true }).slice(-2)).toEqual(['0xf9 1', '0x01']);
});

test('one kind of change is shown alone', () => {
  expect(shown({ kind: 'authority' })).toEqual(['0xaa 1', '_owner']);
  expect(shown({ kind: 'accounts' })).toEqual(['0xaa 1', 'balance']);
  expect(shown({ kind: 'code' })).toEqual([]);
});

test('a text finds an account with all of its changes, or single changes by name and value', () => {
  expect(shown({ text: ' vault ' })).toHaveLength(5);
  expect(shown({ text: 'TOTAL' })).toEqual(['0xaa 1', 'total']);
  expect(shown({ text: 'a11ce' })).toEqual(['0xaa 1', '_owner']);
  expect(shown({ text: 'nothing' })).toEqual([]);
});

test('numbers tell by how much they changed', () => {
  const [, balance, total, owner] = diffRows(accounts, all);
  expect([balance, total, owner]).toMatchObject([
    { difference: '+0.000000000000000002 ETH' },
    { difference: '−2' },
    { difference: null, authority: 'owner' },
  ]);
});
