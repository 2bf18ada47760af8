import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, SENDER, startAnvil } from '#test/kinds/bench.ts';
import type { Contract, ContractsResult, Transaction } from '../../shared/result.ts';
import { checkOutcome, type Sent } from './record.ts';

let chain: Chain;

beforeAll(async () => {
  chain = await startAnvil();
});

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
});

/** Creation code that is `REVERT(0, 0)`, and creation code of a one-byte contract, `STOP`. */
const REVERTS = '0x5f5ffd';
const CREATES = '0x60015ff3';

/** A creation that was sent, as noted by a tool that was ended before it got the receipt. */
async function sent(index: number, input: string): Promise<Transaction> {
  const hash = await chain.rpc<string>('eth_sendTransaction', {
    ...{ from: SENDER, input, gas: '0x30d40' },
  });
  await chain.rpc('anvil_mine', '0x1');
  const { nonce } = await chain.rpc<{ nonce: string }>('eth_getTransactionByHash', hash);
  const receipt = await chain.rpc<{ contractAddress: string }>('eth_getTransactionReceipt', hash);
  return {
    ...{ index, kind: 'create', contractName: 'Made', address: receipt.contractAddress },
    ...{ function: null, arguments: [], from: SENDER, nonce: Number(nonce), value: '0', hash },
    ...{ blockNumber: null, gasUsed: null, gasPrice: null, status: 'pending', verified: false },
    ...{ chainId: chain.chainId, elsewhere: null },
  };
}

const outcome = (transactions: Transaction[], contracts: Contract[] = []): ContractsResult => ({
  ...{ family: 'contracts', chainId: chain.chainId, sender: SENDER, source: null },
  ...{ transactions, contracts },
});

const toChain = (isOwn: boolean): Sent => ({
  ...{ url: chain.url, chainId: chain.chainId, network: 'it', isOwn, hasSnapshot: isOwn },
  ...{ allowChains: [], chainAt: async () => null },
});

test('a creation that was reverted is no contract, whatever the tool has noted', async () => {
  const transactions = [await sent(0, CREATES), await sent(1, REVERTS)];
  const contracts = transactions.map(({ address, hash }) => ({
    ...{ name: 'Made', label: null, address: address as string, transactionHash: hash as string },
    ...{ blockNumber: 0, nested: false, verified: false },
    ...{ chainId: chain.chainId, elsewhere: null },
  }));
  const checked = await checkOutcome(outcome(transactions, contracts), toChain(true));
  const found = checked.result as ContractsResult;
  expect(found.transactions.map((t) => t.status)).toEqual(['success', 'reverted']);
  expect(found.contracts.map((c) => [c.transactionHash, c.verified])).toEqual([
    [transactions[0]?.hash, true],
  ]);
  expect(checked.failure?.code).toBe('TRANSACTION_REVERTED');
});

test('what is missing is told with a way back only where there is one', async () => {
  const planned: Transaction = { ...(await sent(0, CREATES)), hash: null, nonce: 9999 };
  const told = async (hasSnapshot: boolean) =>
    (await checkOutcome(outcome([planned]), toChain(hasSnapshot))).failure?.message;
  expect(await told(true)).toContain('Revert to the snapshot');
  expect(await told(false)).not.toMatch(/snapshot/);
});
