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
