import { expect, test } from 'vitest';
import type { AccountEntry, Token } from '#main/features/accounts/contract.ts';
import { accountRows } from './account-rows.ts';

const token = (symbol: string): Token => ({
  ...{ address: `0x${symbol}`, symbol, name: null, standard: 'erc20', decimals: 18 },
});
const account = (address: string, balances: (string | null)[]): AccountEntry => ({
  ...{ address, contract: null, label: null, index: 0, watched: null, impersonated: null },
  ...{ balance: '0', nonce: 0, hasCode: false, creates: null, balances },
});
const list = {
  tokens: [token('A'), token('B'), token('C')],
  accounts: [account('0x1', ['0', '5', null]), account('0x2', ['1', '0', '0'])],
};

test('an account tells what it has', () => {
  const rows = accountRows(list, { open: new Set(), revealed: null });
  expect(rows.map((row) => row.kind === 'account' && row.held)).toEqual([
    [{ token: list.tokens[1], amount: '5' }],
    [{ token: list.tokens[0], amount: '1' }],
  ]);
});

test('below an account stand its key and all tokens, when they are shown', () => {
  const rows = accountRows(list, {
    open: new Set(['0x2']),
    revealed: { address: '0x2', key: '0xkey' },
  });
  expect(rows.map(({ key }) => key)).toEqual([
    ...['0x1', '0x2', '0x2 key', '0x2 0xA', '0x2 0xB', '0x2 0xC'],
  ]);
});
