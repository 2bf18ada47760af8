import { parseTransaction } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { type LiveNetwork, liveNetwork } from '#test/harness/live-network.ts';
import { scriptProject } from '#test/harness/script-project.ts';

/** Networks that others see, with all that they do to a run that sends to them. */

const CHAIN_ID = 5150;
const TEN_ETHER = '0x8ac7230489e80000';
const SCRIPTS = {
  Two: `vm.startBroadcast(); C c = new C(1); c.set(2); vm.stopBroadcast();`,
};

let opened: TestApp;
let client: Client;
let live: LiveNetwork;
let fixture: Fixture;
let sender: string;
let names = 0;
let network: string;

beforeAll(async () => {
  opened = await openTestApp();
  ({ client } = await openDoor('in-process', opened.app));
  fixture = await scriptProject(SCRIPTS);
  await client.projects.add({ path: fixture.folder, kind: 'foundry', name: 'yard' });
  sender = (await client.keys.create({ name: 'deployer' })).address as string;
});

/** One of its own for each test: what was sent stays there. */
beforeEach(async () => {
  live = await liveNetwork(CHAIN_ID);
  names += 1;
  network = `rough-${names}`;
  await client.networks.save({ name: network, kind: 'remote', url: live.url });
  await live.chain.rpc('anvil_setBalance', sender, TEN_ETHER);
});

afterEach(async () => {
  await client.chains.stop({ chain: `${network}-rehearsal` }).catch(() => undefined);
  await live[Symbol.asyncDispose]();
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

async function reviewed(): Promise<number> {
  const { id } = await client.reviews.rehearse({
    ...{ project: 'yard', target: network },
    input: { key: 'deployer', script: 'script/Two.s.sol' },
  });
  await vi.waitUntil(async () => (await client.reviews.get({ id })).status !== 'rehearsing');
  expect(await client.reviews.get({ id })).toMatchObject({ status: 'open', problem: null });
  return id;
}

async function ended(id: number) {
  await vi.waitUntil(async () => isFinal((await client.deployments.get({ id })).status));
  return client.deployments.get({ id });
}

type Run = Awaited<ReturnType<typeof ended>>;

const hashesOf = ({ result }: Run) =>
  result?.family === 'contracts' ? result.transactions.map(({ hash }) => hash) : [];

const blocksOf = ({ result }: Run) =>
  result?.family === 'contracts' ? result.transactions.map((one) => one.blockNumber) : [];

const logOf = async (id: number): Promise<string> =>
  JSON.stringify(await client.deployments.logs({ id, limit: 10_000 }));

const countOf = async (): Promise<number> =>
  Number(await live.chain.rpc<string>('eth_getTransactionCount', sender, 'latest'));

const signedOf = async (id: number) => (await client.reviews.get({ id })).signed;

const parsed = (raw: string) => parseTransaction(raw as `0x${string}`);

test('what is stuck pays more on request, and the tool that waits for it goes on', async () => {
  const id = await reviewed();
  await live.chain.rpc('evm_setAutomine', false);
  const { id: run } = await client.reviews.approve({ id });
  await vi.waitUntil(async () => (await signedOf(id)).length > 0);
  const [first] = await signedOf(id);
  expect(await client.reviews.check({ id })).toMatchObject({ waiting: [0] });

  const low = client.reviews.raiseFee({ id, maxFeePerGas: first?.maxFeePerGas as string });
  await expect(low).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  const { enough } = await client.reviews.check({ id });
  await client.reviews.raiseFee({ id, maxFeePerGas: enough as string });
  const [before, after] = await signedOf(id);
  expect(before).toEqual(first);
  expect(after).toMatchObject({ nonce: 0, maxFeePerGas: enough });
  const sent = live.arrived.map(parsed).filter(({ nonce = 0 }) => nonce === 0);
  expect(sent.map(({ maxFeePerGas }) => `${maxFeePerGas}`)).toEqual([first?.maxFeePerGas, enough]);
  expect(new Set(sent.map(({ data, gas }) => `${data} ${gas}`)).size).toBe(1);

  await live.chain.rpc('evm_setIntervalMining', 1);
  const done = await ended(run);
  expect(done).toMatchObject({ status: 'succeeded', failure: null });
  expect(hashesOf(done)[0]).toBe(after?.hash);
  expect(await countOf()).toBe(2);
  expect(await client.reviews.get({ id })).toMatchObject({ status: 'done' });
});

test('a run that is over is gone on with when it may pay more', async () => {
  const id = await reviewed();
  await live.chain.rpc('evm_setAutomine', false);
  const { id: first } = await client.reviews.approve({ id });
  await vi.waitUntil(async () => (await signedOf(id)).length > 0);
  await client.deployments.cancel({ id: first });
  await ended(first);
  const { enough } = await client.reviews.check({ id });
  const { run } = await client.reviews.raiseFee({ id, maxFeePerGas: enough as string });
  expect(run).not.toBe(first);
  await vi.waitUntil(async () => (await signedOf(id)).length > 1);
  await live.chain.rpc('evm_setAutomine', true);
  await live.chain.rpc('evm_mine');
  const done = await ended(run as number);
  expect(done).toMatchObject({ status: 'succeeded', failure: null });
  expect(await countOf()).toBe(2);
  const nonces = (await signedOf(id)).map(({ nonce }) => nonce);
  expect(nonces).toEqual([0, 0, 1]);
});

test('what the network says that it took, and has dropped, is sent again as it was signed', async () => {
  const id = await reviewed();
  let dropped: string | undefined;
  live.before = (call) => {
    if (call.method !== 'eth_sendRawTransaction' || dropped) return undefined;
    dropped = `${call.params?.[0]}`;
    return { result: `0x${'1'.repeat(64)}` };
  };
  const done = await ended((await client.reviews.approve({ id })).id);
  expect(done).toMatchObject({ status: 'succeeded', failure: null });
  expect(live.arrived.filter((raw) => raw === dropped).length).toBeGreaterThan(1);
  expect(new Set(live.arrived).size).toBe(2);
  expect(await countOf()).toBe(2);
});

describe('blocks that come and go', () => {
  beforeEach(() => client.rails.set({ network, confirmations: 3 }));

  test('a run is over once its transactions are as deep as its network asks for', async () => {
    const id = await reviewed();
    const { id: run } = await client.reviews.approve({ id });
    await vi.waitUntil(async () => (await countOf()) === 2);
    await live.chain.rpc('evm_mine');
    await vi.waitUntil(async () => (await logOf(run)).includes('2 of 3 confirmations'));
    expect(await client.deployments.get({ id: run })).toMatchObject({ status: 'running' });
    await live.chain.rpc('evm_mine');
    expect(await ended(run)).toMatchObject({ status: 'succeeded', failure: null });
  });

  test('what a reorganisation has taken out is sent again, and recorded where it ends up', async () => {
    const before = await live.chain.rpc<string>('evm_snapshot');
    const id = await reviewed();
    const { id: run } = await client.reviews.approve({ id });
    await vi.waitUntil(async () => (await countOf()) === 2);
    await vi.waitUntil(async () => (await logOf(run)).includes('1 of 3 confirmations'));
    const raws = new Set(live.arrived);
    await live.chain.rpc('evm_revert', before);
    await live.chain.rpc('anvil_setBalance', sender, TEN_ETHER);
    for (let others = 0; others < 5; others += 1) await live.chain.rpc('evm_mine');
    await vi.waitUntil(async () => (await countOf()) === 2);
    for (let others = 0; others < 3; others += 1) await live.chain.rpc('evm_mine');
    const done = await ended(run);
    expect(done).toMatchObject({ status: 'succeeded', failure: null });
    expect(new Set(live.arrived)).toEqual(raws);
    expect(done.warnings.join(' ')).toContain('has taken block');
    const receipts = await Promise.all(
      hashesOf(done).map((hash) =>
        live.chain.rpc<{ blockNumber: string }>('eth_getTransactionReceipt', hash),
      ),
    );
    expect(blocksOf(done)).toEqual(receipts.map(({ blockNumber }) => Number(blockNumber)));
  });
});

test('a network that answers as another chain than was reviewed gets nothing', async () => {
  const id = await reviewed();
  live.before = ({ method }) => (method === 'eth_chainId' ? { result: '0x1' } : undefined);
  await expect(client.reviews.approve({ id })).rejects.toMatchObject({ code: 'REVIEW_STALE' });
  expect(live.arrived).toEqual([]);
});
