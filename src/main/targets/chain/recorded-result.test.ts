import { expect, test } from 'vitest';
import type { Rpc } from '../../eth/rpc.ts';
import { pendingTransaction } from './recorded-result.ts';

const HASH = `0x${'ab'.repeat(32)}`;
const FROM = `0x${'11'.repeat(20)}`;
const TO = `0x${'22'.repeat(20)}`;

const pending = (asked: unknown, call: Rpc) =>
  pendingTransaction({ hash: HASH, index: 3, asked }, { call, chainId: 31337, sender: null });

const never: Rpc = async () => {
  throw new Error('the node was asked');
};

test('what the node signs is known from the request itself', async () => {
  const asked = { from: FROM, to: TO, value: '0x10', nonce: '0x5', data: '0x', gas: '0x1' };
  expect(await pending(asked, never)).toMatchObject({
    ...{ hash: HASH, index: 3, kind: 'call', from: FROM, address: TO, value: '16', nonce: 5 },
    ...{ status: 'pending', verified: false },
  });
  expect(await pending({ from: FROM, data: '0x60' }, never)).toMatchObject({
    ...{ kind: 'create', address: null, value: '0', nonce: null },
  });
});

test.each([
  ['what was signed elsewhere', '0x02f8'],
  ['a request without a sender', { to: TO }],
])('the node is asked about %s', async (_, asked) => {
  const transaction = { from: FROM, to: null, nonce: '0x1', value: '0x0', input: '0x' };
  const call = (async () => transaction) as Rpc;
  expect(await pending(asked, call)).toMatchObject({ kind: 'create', from: FROM, nonce: 1 });
});
