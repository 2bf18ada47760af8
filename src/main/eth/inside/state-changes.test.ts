import { expect, test } from 'vitest';
import { stateChanges } from './state-changes.ts';

const A = '0x1111111111111111111111111111111111111111';
const B = '0x2222222222222222222222222222222222222222';
const word = (digit: string) => `0x${digit.padStart(64, '0')}`;

test('what changed, was added and was set to zero', () => {
  const diff = {
    pre: {
      [A]: {
        ...{ balance: '0x10', nonce: 1, code: '0x60' },
        storage: { [word('1')]: word('5'), [word('2')]: word('6') },
      },
    },
    post: {
      [A]: { balance: '0x8', storage: { [word('2')]: word('7'), [word('3')]: word('8') } },
      [B]: { balance: '0x8', nonce: '0x1', code: '0x61' },
    },
  };
  expect(stateChanges(diff)).toEqual([
    {
      ...{ address: A, balance: { before: '16', after: '8' }, nonce: null, code: null },
      slots: [
        { slot: word('1'), before: word('5'), after: word('0') },
        { slot: word('2'), before: word('6'), after: word('7') },
        { slot: word('3'), before: word('0'), after: word('8') },
      ],
    },
    {
      address: B,
      balance: { before: '0', after: '8' },
      nonce: { before: '0', after: '1' },
      code: { before: '0x', after: '0x61' },
      slots: [],
    },
  ]);
});

test('an account that is gone lost everything', () => {
  const pre = {
    [A]: { balance: '0x1', nonce: 2, code: '0x60', storage: { [word('1')]: word('5') } },
  };
  expect(stateChanges({ pre, post: {} })).toMatchObject([
    {
      balance: { before: '1', after: '0' },
      nonce: { before: '2', after: '0' },
      code: { before: '0x60', after: '0x' },
      slots: [{ after: word('0') }],
    },
  ]);
});

test('what was only looked at is no change', () => {
  const pre = { [A]: { balance: '0x1', code: '0x60' } };
  expect(stateChanges({ pre, post: { [A]: {} } })).toEqual([]);
});
