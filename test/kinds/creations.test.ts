import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { createdItself, tracedCreations } from '#main/targets/chain/creations.ts';
import { nodeWithout, TRACES } from '../harness/node-without.ts';
import { type Chain, SENDER, startAnvil } from './bench.ts';

/** Of a contract whose code is one STOP. */
const INNER = '60016000f3';
/**
 * Creates that contract with CREATE, and then with CREATE2 and the salt 1, and is a STOP itself:
 * PUSH5 INNER, MSTORE, CREATE(0, 27, 5), CREATE2(0, 27, 5, 1), RETURN(0, 1).
 */
const FACTORY = `0x64${INNER}600052${'6005601b6000f050'}${'60016005601b6000f550'}60016000f3`;
/** The same creations, and then INVALID. */
const FAILING = FACTORY.replace(/60016000f3$/, 'fe');

let chain: Chain;
beforeAll(async () => {
  chain = await startAnvil();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const without = (...methods: string[]) => nodeWithout(chain.url, methods);

interface Receipt {
  status: string;
  contractAddress: string | null;
}

async function send(transaction: object) {
  const gas = '0x100000';
  const hash = await chain.rpc<string>('eth_sendTransaction', {
    from: SENDER,
    gas,
    ...transaction,
  });
  // It is mined after it was sent: there may be no receipt yet.
  return vi.waitFor(async () => {
    const receipt = await chain.rpc<Receipt | null>('eth_getTransactionReceipt', hash);
    if (!receipt) throw new Error('not mined yet');
    return { hash, receipt };
  });
}

describe.each([
  ['debug_traceTransaction', []],
  ['trace_transaction', ['debug_traceTransaction']],
] as const)('by %s', (_, missing) => {
  test('every creation is found, also those on the way, with its code', async () => {
    await using node = await without(...missing);
    const { hash, receipt } = await send({ data: FACTORY });
    const creations = (await tracedCreations(rpc(node.url), hash)) ?? [];
    const inner = { creationCode: `0x${INNER}`, runtimeCode: '0x00', nested: true };
    expect(creations).toMatchObject([
      { address: receipt.contractAddress?.toLowerCase(), nested: false, how: 'create' },
      { how: 'create', ...inner },
      { how: 'create2', ...inner },
    ]);
    expect(creations[0]?.creationCode).toBe(FACTORY);
    for (const { address, runtimeCode } of creations) {
      expect(await chain.rpc('eth_getCode', address, 'latest')).toBe(runtimeCode);
    }
  });

  test('what a call that failed had created is not there', async () => {
    await using node = await without(...missing);
    // Creates one that creates others and then fails: what created it goes on.
    const init = FAILING.slice(2);
    const bytes = (init.length / 2).toString(16).padStart(2, '0');
    const caller = `0x60${bytes}601060003960${bytes}60006000f05000${init}`;
    const { hash, receipt } = await send({ data: caller });
    expect(receipt.status).toBe('0x1');
    const traced = await chain.rpc('debug_traceTransaction', hash, { tracer: 'callTracer' });
    expect(JSON.stringify(traced)).toContain('"type":"CREATE2"');
    const creations = await tracedCreations(rpc(node.url), hash);
    expect(creations?.map(({ address }) => address)).toEqual([
      receipt.contractAddress?.toLowerCase(),
    ]);
  });

  test('a transfer creates nothing', async () => {
    await using node = await without(...missing);
    const { hash } = await send({ to: SENDER, value: '0x1' });
    expect(await tracedCreations(rpc(node.url), hash)).toEqual([]);
  });
});

describe('by the receipt', () => {
  test('what the transaction itself has created is found', async () => {
    await using node = await without(...TRACES);
    const { hash, receipt } = await send({ data: FACTORY });
    expect(await tracedCreations(rpc(node.url), hash)).toBeNull();
    expect(await createdItself(rpc(node.url), { input: FACTORY, receipt })).toEqual([
      {
        address: receipt.contractAddress?.toLowerCase(),
        ...{ how: 'create', nested: false, creationCode: FACTORY, runtimeCode: '0x00' },
      },
    ]);
  });

  test('a call has created nothing that it tells of', async () => {
    await using node = await without(...TRACES);
    const { receipt } = await send({ to: SENDER });
    expect(await createdItself(rpc(node.url), { input: '0x', receipt })).toEqual([]);
  });
});
