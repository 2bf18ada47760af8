import { expect, test } from 'vitest';
import { checkedReplies } from './checked-replies.ts';
import type { Rpc } from './rpc.ts';

const HASH = `0x${'ab'.repeat(32)}`;
const ADDRESS = `0x${'11'.repeat(20)}`;
const transaction = {
  ...{ hash: HASH, blockHash: HASH, blockNumber: '0x5', transactionIndex: '0x0', from: ADDRESS },
  ...{ to: ADDRESS, nonce: '0x1', value: '0x1', gas: '0x5208', gasPrice: '0x1', input: '0x' },
};
const receipt = {
  ...{ transactionHash: HASH, status: '0x0', gasUsed: '0x5208', effectiveGasPrice: '0x1' },
  ...{ contractAddress: null, logs: [{ address: ADDRESS, topics: [HASH], data: '0x' }] },
};

/** What is read of a node that replies so. */
const read = (method: string, reply: unknown) =>
  checkedReplies((async () => reply) as Rpc)<Record<string, unknown>>(method);

test.each([
  ['eth_getTransactionByHash', { ...transaction, from: undefined }, 'from'],
  ['eth_getTransactionByHash', { ...transaction, value: '0x' }, 'value'],
  ['eth_getTransactionByHash', { ...transaction, value: `0x${'f'.repeat(65)}` }, 'value'],
  ['eth_getTransactionByHash', { ...transaction, hash: `\u001b[2J${HASH}` }, 'hash'],
  ['eth_getTransactionReceipt', { ...receipt, logs: [{ ...receipt.logs[0], data: 7 }] }, 'logs.0'],
  ['eth_getTransactionReceipt', 'nothing', ''],
  ['eth_blockNumber', 'zz', ''],
  ['eth_getCode', null, ''],
  ['eth_getBlockByNumber', {}, 'number'],
])('%s is refused for what no node says, where it is wrong', async (method, reply, at) => {
  await expect(read(method, reply)).rejects.toMatchObject({
    unreachable: true,
    message: expect.stringContaining(at),
  });
});

test('what nodes leave out is filled in, and what they say besides is kept', async () => {
  const { status: _, effectiveGasPrice: __, ...old } = receipt;
  expect(await read('eth_getTransactionReceipt', { ...old, root: HASH })).toEqual({
    ...old,
    ...{ status: '0x1', root: HASH, logs: [{ ...receipt.logs[0], logIndex: null }] },
  });
  const { to: ___, ...creation } = transaction;
  expect(await read('eth_getTransactionByHash', { ...creation, type: '0x2' })).toEqual({
    ...transaction,
    ...{ to: null, type: '0x2' },
  });
  expect(await read('eth_getTransactionByHash', null)).toBeNull();
  expect(await read('anvil_nodeInfo', 'anything')).toBe('anything');
});

const call = { type: 'CALL', from: ADDRESS, to: ADDRESS, gas: '0x1', gasUsed: '0x1', input: '0x' };
const CALLS = [HASH, { tracer: 'callTracer' }];
const DIFF = [HASH, { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }];
const nested = (depth: number): object =>
  Array.from({ length: depth }).reduce<object>((inner) => ({ ...call, calls: [inner] }), call);

test.each([
  ['a field is something else', CALLS, { ...call, gas: true }],
  ['a call within is nothing', CALLS, { ...call, calls: [null] }],
  ['a log has no list of topics', CALLS, { ...call, logs: [{ address: ADDRESS, topics: 1 }] }],
  ['calls nest deeper than they can', CALLS, nested(2000)],
  ['an account has no address', DIFF, { pre: { x: {} }, post: {} }],
  ['a slot is no word', DIFF, { pre: {}, post: { [ADDRESS]: { storage: { [HASH]: '0x1' } } } }],
])('a trace in which %s is one that the node does not give', async (_, params, reply) => {
  const replies = checkedReplies((async () => reply) as Rpc);
  await expect(replies('debug_traceTransaction', params)).rejects.toMatchObject({
    unreachable: false,
  });
});

test('a trace is what it is, without what is null in it', async () => {
  const traced = { ...call, error: null, calls: [{ ...call, to: null, type: 'CREATE' }] };
  const replies = checkedReplies((async () => traced) as Rpc);
  const { to: _, ...creation } = call;
  expect(await replies('debug_traceTransaction', CALLS)).toEqual({
    ...{ ...call, calls: [{ ...creation, type: 'CREATE' }] },
  });
  const named = JSON.parse(`{"pre":{},"post":{"__proto__":{},"${ADDRESS}":{"nonce":2}}}`);
  const diff = checkedReplies((async () => named) as Rpc);
  expect(Object.keys((await diff<{ post: object }>('debug_traceTransaction', DIFF)).post)).toEqual([
    ADDRESS,
  ]);
});

test('a slot is a word, however a node writes it', async () => {
  expect(await read('eth_getStorageAt', '0x7')).toBe(`0x${'7'.padStart(64, '0')}`);
});
