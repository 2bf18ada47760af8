import { encodeDeployData, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const network = 'local';

let chain: FollowedChain;
let project: InsideProject;
let created: string;
let failed: string;
let takenBack: string;
const running = new Map<string, TransactionDetail>();

const show = (hash: string): Promise<TransactionDetail> =>
  chain.client.explorer.transaction({ network, hash, trace: true });

/** All that lists tell. */
const lists = async () => ({
  transactions: await chain.client.explorer.transactions({ network }),
  blocks: await chain.client.explorer.blocks({ network }),
  block: await chain.client.explorer.block({ network, block: 'latest' }),
  found: await chain.client.explorer.find({ network, text: created }),
});
let listed: Awaited<ReturnType<typeof lists>>;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Reverts.sol');
  await chain.client.projects.add({ path: project.path, name: 'reverts' });
  const { abi = [], creation } = project.contracts.get('Callee') ?? {};
  const bytecode = `0x${creation?.object}` as const;
  const data = encodeDeployData({ abi, bytecode, args: [1n] });
  const snapshot = await chain.client.chains.snapshot({ chain: network });
  takenBack = (await chain.send({ data })).hash;
  await chain.recorded();
  await chain.client.chains.revert({ chain: network, snapshot: snapshot.id });
  await chain.send({ value: '0x1', to: `0x${'2'.repeat(40)}` });
  const callee = await chain.send({ data });
  created = callee.hash;
  const fails = encodeFunctionData({ abi, functionName: 'fail' });
  failed = (await chain.send({ to: callee.contractAddress, data: fails })).hash;
  await chain.recorded();
  for (const hash of [created, failed, takenBack]) running.set(hash, await show(hash));
  listed = await lists();
  await chain.client.chains.stop({ chain: network });
}, 60_000);

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

test('transactions of a stopped chain are told as when it ran', async () => {
  expect(running.get(failed)?.error?.text).toContain('callee failed');
  expect(running.get(takenBack)?.takenBack).toBe(true);
  for (const [hash, before] of running) {
    const { traceProblem, ...shown } = await show(hash);
    const { traceProblem: _, ...told } = before;
    expect(shown).toEqual({ ...told, stopped: true });
    // To find the events of calls that failed, the chain is asked to run it again.
    if (hash === failed) expect(traceProblem).toContain('the chain is not running');
    else expect(traceProblem).toBeNull();
  }
});

test('so are its lists and blocks', async () => {
  const { transactions, blocks, block } = listed;
  expect(transactions.transactions).toHaveLength(3);
  // The first block is in no index.
  const indexed = blocks.blocks.filter(({ number }) => number > 0);
  expect(await lists()).toEqual({
    ...listed,
    transactions: { ...transactions, stopped: true },
    blocks: { ...blocks, blocks: indexed, stopped: true },
    block: { ...block, stopped: true },
  });
});

test('what has to do with an address is told with what it is', async () => {
  const address = running.get(created)?.created?.address ?? '';
  const page = await chain.client.explorer.addressTransactions({ network, address });
  expect(page.transactions.map(({ hash }) => hash)).toEqual([failed, created]);
  expect(page.problem).toContain('is not running');
});

test('what was not recorded needs the chain, and what it never had is not there', async () => {
  const notRunning = { code: 'CHAIN_NOT_RUNNING' };
  const { explorer } = chain.client;
  await expect(explorer.block({ network, block: '0' })).rejects.toMatchObject(notRunning);
  const address = `0x${'3'.repeat(40)}`;
  await expect(explorer.address({ network, address })).rejects.toMatchObject(notRunning);
  const hash = `0x${'1'.repeat(64)}`;
  await expect(show(hash)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' });
  await expect(explorer.block({ network, block: hash })).rejects.toMatchObject({
    code: 'BLOCK_NOT_FOUND',
  });
  const { sourceProblem, state, stateProblem } = await explorer.transaction({
    ...{ network, hash: failed, source: true, state: true },
  });
  expect([sourceProblem, state, stateProblem]).toEqual([
    expect.stringContaining('the chain is not running'),
    ...[null, expect.stringContaining('the chain is not running')],
  ]);
});

test('once it runs again it tells everything', async () => {
  await chain.client.chains.start({ chain: network });
  for (const [hash, before] of running) expect(await show(hash)).toEqual(before);
});
