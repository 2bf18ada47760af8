import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, ExecOptions, Workspace } from '#main/engines/engine.ts';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { rpc } from '#main/eth/rpc.ts';
import { allTools } from '#main/features/engines/machine.ts';
import type { ProcessRef } from '#main/lib/process-ref.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { tracedCreations } from '#main/targets/chain/creations.ts';
import { type ReplayOptions, replay } from '#main/targets/chain/replay.ts';
import type { Landed, RpcReceipt, RpcTransaction } from '#main/targets/chain/rpc-shapes.ts';
import { temporaryNode } from '#main/targets/chain/temporary-node.ts';
import { temporaryFolder } from '../harness/folder.ts';
import { nodeWithout, TRACES } from '../harness/node-without.ts';
import { type Chain, SENDER, startAnvil } from './bench.ts';

/** Of a contract whose code is one STOP. */
const INNER = '60016000f3';
/** Creates that contract: PUSH5 INNER, MSTORE, CREATE(0, 27, 5), STOP. */
const FACTORY = `64${INNER}600052${'6005601b6000f050'}00`;
const bytes = (FACTORY.length / 2).toString(16).padStart(2, '0');
/** Copies what follows it, and returns that: it creates the factory. */
const CREATES_FACTORY = `0x60${bytes}600c60003960${bytes}6000f3${FACTORY}`;

const CHAIN_ID = 4243;
const engine = processEngine({ tools: allTools });
let chain: Chain;
let others: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  chain = await startAnvil('--chain-id', `${CHAIN_ID}`, '--order', 'fifo');
  others = (await chain.rpc<string[]>('eth_accounts'))[1] as string;
});

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** Sends them all, to be in one block. */
async function mined(...sent: { from: string; to?: string; data?: string }[]): Promise<Landed[]> {
  await chain.rpc('evm_setAutomine', false);
  const hashes: string[] = [];
  for (const one of sent) {
    hashes.push(await chain.rpc<string>('eth_sendTransaction', { gas: '0x100000', ...one }));
  }
  await chain.rpc('evm_mine');
  await chain.rpc('evm_setAutomine', true);
  return Promise.all(
    hashes.map(async (hash) => ({
      hash,
      transaction: await chain.rpc<RpcTransaction>('eth_getTransactionByHash', hash),
      receipt: await chain.rpc<RpcReceipt>('eth_getTransactionReceipt', hash),
    })),
  );
}

/** A workspace that tells what was started in it. */
function watched(workspace: Workspace) {
  const started: { command: Command; ref?: ProcessRef }[] = [];
  const exec = (command: Command, options: ExecOptions) => {
    const one: (typeof started)[number] = { command };
    started.push(one);
    return workspace.exec(command, {
      ...options,
      onStart: (ref) => {
        one.ref = ref as ProcessRef;
      },
    });
  };
  return { started, workspace: { ...workspace, exec } };
}

function optionsFor(url: string): ReplayOptions & { notes: string[] } {
  const notes: string[] = [];
  return {
    ...{ url, chainId: CHAIN_ID, folder: folder.path, job: 'test-replay' },
    ...{ workspace: engine.workspace({ id: 1, path: folder.path }), notes },
    ...{ signal: new AbortController().signal, note: (line) => void notes.push(line) },
  };
}

const truth = async ({ hash }: Landed) => [hash, await tracedCreations(rpc(chain.url), hash)];

test('what transactions created is found, after those of others in the same block', async () => {
  await using node = await nodeWithout(chain.url, TRACES);
  const [made] = await mined({ from: SENDER, data: CREATES_FACTORY });
  const to = made?.receipt.contractAddress as string;
  const [, second, , fourth] = await mined(
    ...[others, SENDER, others, SENDER].map((from) => ({ from, to })),
  );
  const [last] = await mined({ from: SENDER, to });
  const ours = [last, second, made, fourth] as Landed[];
  const options = optionsFor(`${node.url}/key-of-the-user`);
  const { started, workspace } = watched(options.workspace);
  const found = await replay(ours, { ...options, workspace });
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(await Promise.all(ours.map(truth))));
  expect(found.get(second?.hash ?? '')).toMatchObject([{ nested: true, runtimeCode: '0x00' }]);
  expect(options.notes).toEqual([expect.stringContaining('is replayed on a temporary fork')]);
  // Its address is nowhere that others can see it, and the process is gone.
  expect(started).toHaveLength(1);
  expect(JSON.stringify(started[0]?.command)).not.toContain('key-of-the-user');
  expect(await processes.isAlive(started[0]?.ref as ProcessRef)).toBe(false);
});

test('what the network does not have at the address is not believed', async () => {
  const [made] = await mined({ from: SENDER, data: CREATES_FACTORY });
  const to = made?.receipt.contractAddress as string;
  const ours = await mined({ from: SENDER, to });
  const [[hash, created]] = [(await truth(ours[0] as Landed)) as [string, { address: string }[]]];
  await using node = await nodeWithout(chain.url, TRACES, ({ method, params }) =>
    method === 'eth_getCode' && params[0] === created[0]?.address ? { result: '0x' } : undefined,
  );
  const found = await replay(ours, optionsFor(node.url));
  expect([...found]).toEqual([[hash, []]]);
});

test.each([
  ['without the state of the parent block', ['eth_getBalance', 'eth_getTransactionCount']],
  ['that does not show its blocks', ['eth_getBlockByNumber']],
])('a network %s is not replayed, and the log says so', async (_, missing) => {
  await using node = await nodeWithout(chain.url, [...TRACES, ...missing]);
  const ours = await mined({ from: SENDER, data: CREATES_FACTORY });
  const options = optionsFor(node.url);
  expect((await replay(ours, options)).size).toBe(0);
  expect(options.notes[1]).toMatch(
    /^It could not be replayed: .+ Contracts that others created there could not be looked for\.$/,
  );
});

test.each([
  ['in words', () => ({ result: 'soon' })],
  ['with a list', () => ({ result: [] })],
  ['with nothing in it', () => ({ result: {} })],
  ['without end', () => ({ result: 'f'.repeat(40 * 1024 * 1024) })],
])('nor is one that replies %s, and the log says what is wrong', async (_, lie) => {
  await using node = await nodeWithout(chain.url, TRACES, ({ method }) =>
    method === 'eth_getBlockByNumber' ? lie() : undefined,
  );
  const ours = await mined({ from: SENDER, data: CREATES_FACTORY });
  const options = optionsFor(node.url);
  expect((await replay(ours, options)).size).toBe(0);
  expect(options.notes[1]).toMatch(/not that of an Ethereum node|its answer is /);
});

test('nor is one where the node for it cannot be started', async () => {
  await using node = await nodeWithout(chain.url, TRACES);
  const ours = await mined({ from: SENDER, data: CREATES_FACTORY });
  const nowhere = processEngine({ tools: allTools, setting: () => folder.path });
  const options = optionsFor(node.url);
  const workspace = nowhere.workspace({ id: 1, path: folder.path });
  expect((await replay(ours, { ...options, workspace })).size).toBe(0);
  expect(options.notes[1]).toContain('could not be replayed: There is no anvil in');
});

test('the node is found and ended by the mark of its run', async () => {
  const { job, ...options } = optionsFor(chain.url);
  const marked = { ...options, job: `${job}-left`, withinMs: 60_000 };
  await using node = await temporaryNode(marked);
  await engine.endOrphan({ ref: null, job: marked.job });
  await expect(rpc(node.url)('eth_chainId')).rejects.toThrow('no connection');
});
