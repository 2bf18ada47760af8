import { expect, it } from 'vitest';
import { chainIdWords } from './chain-id-words.ts';

it('explains the id of a fork, and no other', () => {
  const fork = { kind: 'fork', keepChainId: false } as const;
  expect(chainIdWords(fork, 73578453)).toBe('7357 and 8453, of what it forks');
  expect(chainIdWords(fork, 31337)).toBeNull();
  expect(chainIdWords(fork, 7357)).toBeNull();
  expect(chainIdWords(fork, null)).toBeNull();
  expect(chainIdWords({ ...fork, keepChainId: true }, 1)).toBe('the same as of what it forks');
  expect(chainIdWords({ kind: 'local', keepChainId: false }, 73571)).toBeNull();
  expect(chainIdWords({ kind: 'remote', keepChainId: false }, 73571)).toBeNull();
});
