import { expect, test } from 'vitest';
import type { JournalCall } from '#main/features/gateway/contract.ts';
import { filtered, methodsOf } from './call-filter.ts';
import { callText } from './call-text.ts';

const call = (id: number, of: Partial<JournalCall>): JournalCall => ({
  ...{ id, at: id, method: 'eth_call', params: '[]', called: null },
  ...{ ms: 1, origin: null, error: null },
  ...of,
});

const calls = [
  call(1, {
    called: {
      contract: 'Vault',
      function: 'deposit(uint256)',
      arguments: [{ name: 'amount', value: '7' }],
      argumentsProblem: null,
    },
  }),
  call(2, { method: 'eth_getBalance', params: '["0xABCD"]' }),
  call(3, { origin: 'https://app.example', error: 'execution reverted: Paused' }),
];

const ids = (text: string, method: string | null = null) =>
  filtered(calls, { text, method }).map(({ id }) => id);

test('a text is found in method, parameters, names, page and error, whatever its case', () => {
  expect(ids('')).toEqual([1, 2, 3]);
  expect(ids('vault.DEPOSIT(amount: 7')).toEqual([1]);
  expect(ids(' 0xabcd ')).toEqual([2]);
  expect(ids('getbal')).toEqual([2]);
  expect(ids('app.example')).toEqual([3]);
  expect(ids('paused')).toEqual([3]);
  expect(ids('a program')).toEqual([1, 2]);
  expect(ids('nowhere')).toEqual([]);
});

test('a method and a text both have to fit', () => {
  expect(ids('', 'eth_call')).toEqual([1, 3]);
  expect(ids('vault', 'eth_getBalance')).toEqual([]);
  expect(methodsOf(calls)).toEqual(['eth_call', 'eth_getBalance']);
});

test('a call is told by its names, otherwise by its parameters', () => {
  expect(calls.map(callText)).toEqual(['Vault.deposit(amount: 7)', '["0xABCD"]', '[]']);
  const unnamed = {
    ...{ contract: null, function: 'f(bool)', arguments: [{ name: '', value: 'true' }] },
    argumentsProblem: null,
  };
  expect(callText({ called: unnamed, params: '[]' })).toBe('f(true)');
  const unfit = { ...unnamed, arguments: [], argumentsProblem: 'its arguments do not fit' };
  expect(callText({ called: unfit, params: '[]' })).toBe('f(its arguments do not fit)');
});
