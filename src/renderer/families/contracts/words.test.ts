import { expect, test } from 'vitest';
import type { Transaction } from '#main/shared/result.ts';
import { revertedPage } from './words.ts';

const sent = (status: Transaction['status'], elsewhere: string | null = null): Transaction => ({
  ...{ index: 0, hash: `0x${'1'.repeat(64)}`, kind: 'call', contractName: 'Gate', address: null },
  ...{ function: 'enter()', arguments: [], gasUsed: null, blockNumber: 1, status },
  ...{ from: '0x01', nonce: 0, value: '0', gasPrice: null, verified: true },
  ...{ chainId: 31337, elsewhere },
});
const runOf = (...transactions: Transaction[]) => ({
  target: 'local',
  result: {
    ...{ family: 'contracts' as const, chainId: 31337, sender: null, source: null },
    ...{ contracts: [], transactions },
  },
});

test('a run leads to the transaction that the chain reverted', () => {
  const path = `/networks/local/transactions/0x${'1'.repeat(64)}`;
  expect(revertedPage(runOf(sent('success'), sent('reverted')))).toMatchObject({ path });
  expect(revertedPage(runOf(sent('success'), sent('pending')))).toBeNull();
});

test('what was reverted on another chain has no page here', () => {
  expect(revertedPage(runOf(sent('reverted', 'other')))).toBeNull();
});
