import { createRouterClient } from '@orpc/server';
import { parseEther } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DoorName } from '#main/shared/caller.ts';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { type LiveNetwork, liveNetwork } from '#test/harness/live-network.ts';
import { freePort } from '#test/harness/ports.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const CHAIN_ID = 5151;
const MAINNET = 1;
const TEN_ETHER = '0x8ac7230489e80000';
const STRANGER = '0x000000000000000000000000000000000000bEEF';
/** Of anvil: the development node signs for it by itself. */
const DEV = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

const SCRIPTS = {
  Three: `vm.startBroadcast(); C c = new C(1); c.set(2); new C(3); vm.stopBroadcast();`,
  Pays: `vm.startBroadcast(); new C{value: 1 ether}(1); vm.stopBroadcast();`,
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
  await client.networks.save({ name: 'local', kind: 'local', port: await freePort() });
  sender = (await client.keys.create({ name: 'deployer' })).address as string;
});

/** One of its own for each test: what was sent stays there. */
async function publish(chainId: number): Promise<void> {
  live = await liveNetwork(chainId);
  names += 1;
  network = `railed-${names}`;
  await client.networks.save({ name: network, kind: 'remote', url: live.url, chainId });
  await live.chain.rpc('anvil_setBalance', sender, TEN_ETHER);
}

beforeEach(() => publish(CHAIN_ID));

afterEach(async () => {
  await client.chains.stop({ chain: `${network}-rehearsal` }).catch(() => undefined);
  await live[Symbol.asyncDispose]();
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** The same core, as calls from one way in reach it. */
const from = (door: DoorName): Client =>
  createRouterClient(opened.app.router, {
    context: { ...opened.app.context, caller: { door, user: 'me', token: null } },
  });

async function reviewed(script: keyof typeof SCRIPTS = 'Three') {
  const { id } = await client.reviews.rehearse({
    ...{ project: 'yard', target: network },
    input: { key: 'deployer', script: `script/${script}.s.sol` },
  });
  const now = () => client.reviews.get({ id });
  await vi.waitUntil(async () => (await now()).status !== 'rehearsing');
  expect(await now()).toMatchObject({ status: 'open', problem: null });
  return now();
}

async function ended(id: number) {
  await vi.waitUntil(async () => isFinal((await client.deployments.get({ id })).status));
  return client.deployments.get({ id });
}

const approved = async (id: number) => ended((await client.reviews.approve({ id })).id);

const countOf = async (): Promise<number> =>
  Number(await live.chain.rpc<string>('eth_getTransactionCount', sender, 'latest'));

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, message }) => `${code}: ${message}`,
  );

/** A run of what the development node signs for by itself, without a review. */
const sentByNode = (more: object = {}) =>
  client.deployments.start({
    ...{ project: 'yard', target: network },
    input: { script: 'script/Three.s.sol', from: DEV, ...more },
  });

describe('a frozen network', () => {
  test('is sent nothing, however it is asked; what is rehearsed or local goes on', async () => {
    const { id } = await reviewed();
    const frozen = await client.rails.freeze({ network, note: 'an incident' });
    expect(frozen.freeze).toMatchObject({ note: 'an incident' });

    const words = await refusal(client.reviews.approve({ id }));
    expect(words).toMatch(/^NETWORK_FROZEN: .*"an incident".*drydock network unfreeze/);
    expect((await client.reviews.check({ id })).refused).toContain('is frozen');
    expect(await refusal(sentByNode())).toContain('NETWORK_FROZEN');
    const asKeystore = { from: undefined, account: 'deployer', passwordFile: '/dev/null' };
    expect(await refusal(sentByNode(asKeystore))).toContain('NETWORK_FROZEN');
    // Not as another chain of a deploy to a local one either.
    const aside = client.deployments.start({
      ...{ project: 'yard', target: 'local' },
      input: { script: 'script/Three.s.sol', allowChains: [CHAIN_ID] },
    });
    expect(await refusal(aside)).toContain('NETWORK_FROZEN');
    expect(live.arrived).toEqual([]);

    expect(await reviewed()).toMatchObject({ status: 'open' });
    const local = await client.deployments.start({
      ...{ project: 'yard', target: 'local', input: { script: 'script/Three.s.sol' } },
    });
    expect(await ended(local.id)).toMatchObject({ status: 'succeeded' });

    await client.rails.unfreeze({ network });
    const next = await reviewed();
    expect(await approved(next.id)).toMatchObject({ status: 'succeeded' });
  });

  test('a run that is at it signs nothing more, and goes on once it is lifted', async () => {
    const { id } = await reviewed();
    live.before = async ({ method }) => {
      if (method === 'eth_sendRawTransaction') await client.rails.freeze({ network, note: '' });
      return undefined;
    };
    const run = await approved(id);
    live.before = undefined;
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'NETWORK_FROZEN' } });
    expect(run.failure?.message).toContain('1 of 3 transactions were sent.');
    expect(live.arrived).toHaveLength(1);
    expect(await refusal(client.reviews.approve({ id }))).toContain('NETWORK_FROZEN');

    await client.rails.unfreeze({ network });
    expect(await approved(id)).toMatchObject({ status: 'succeeded', failure: null });
    expect([await countOf(), new Set(live.arrived).size]).toEqual([3, 3]);
  });

  test('what the network has dropped is not sent again meanwhile', async () => {
    const { id } = await reviewed('Pays');
    await live.chain.rpc('evm_setAutomine', false);
    const run = await client.reviews.approve({ id });
    await vi.waitUntil(() => live.arrived.length > 0);
    await client.rails.freeze({ network, note: '' });
    await live.chain.rpc('anvil_dropAllTransactions');
    let looks = 0;
    live.before = ({ method }) => {
      if (method === 'eth_getTransactionByHash') looks += 1;
      return undefined;
    };
    // It is looked at every second.
    await vi.waitUntil(() => looks > 8);
    expect(live.arrived).toHaveLength(1);
    await client.rails.unfreeze({ network });
    await vi.waitUntil(() => live.arrived.length > 1);
    await live.chain.rpc('evm_setAutomine', true);
    await live.chain.rpc('evm_mine');
    expect(await ended(run.id)).toMatchObject({ status: 'succeeded' });
    expect(new Set(live.arrived).size).toBe(1);
  }, 60_000);
});

describe('senders', () => {
  test('only those that are named send, in any way of writing them', async () => {
    const { id } = await reviewed();
    await client.rails.set({ network, senders: [STRANGER] });
    expect(await refusal(client.reviews.approve({ id }))).toMatch(
      new RegExp(`^RAILS_REFUSED: ${sender} may not send to ${network}: .*${STRANGER}`),
    );
    expect(await refusal(sentByNode())).toContain('RAILS_REFUSED');
    // What a keystore signs for is not known before.
    const asKeystore = { from: undefined, account: 'deployer', passwordFile: '/dev/null' };
    expect(await refusal(sentByNode(asKeystore))).toContain('RAILS_REFUSED');
    await client.rails.set({ network, senders: [sender.toLowerCase()] });
    expect(await approved(id)).toMatchObject({ status: 'succeeded' });
  });

  test('one that is taken off in the middle of a run signs nothing more', async () => {
    const { id } = await reviewed();
    live.before = async ({ method }) => {
      if (method === 'eth_sendRawTransaction') await client.rails.set({ network, senders: [] });
      return undefined;
    };
    const run = await approved(id);
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'RAILS_REFUSED' } });
    expect(live.arrived).toHaveLength(1);
  });
});

describe('the limit of a day', () => {
  test('counts value and fees of what was signed, and holds at the approval', async () => {
    const first = await reviewed('Pays');
    await client.rails.set({ network, dailyLimit: '1 ether' });
    expect(await refusal(client.reviews.approve({ id: first.id }))).toMatch(
      /^RAILS_REFUSED: .*may cost 1 ether in 24 hours.*this could cost 1\.\d+ after 0 already/,
    );
    await client.rails.set({ network, dailyLimit: '1.5 ether' });
    expect(await approved(first.id)).toMatchObject({ status: 'succeeded' });
    const { spent } = await client.rails.get({ network });
    expect(BigInt(spent)).toBeGreaterThan(parseEther('1'));
    expect(BigInt(spent)).toBeLessThan(parseEther('1.5'));

    const second = await reviewed('Pays');
    expect(await refusal(client.reviews.approve({ id: second.id }))).toContain('RAILS_REFUSED');
    await client.rails.set({ network, dailyLimit: null });
    expect(await approved(second.id)).toMatchObject({ status: 'succeeded' });
  });

  test('what Drydock does not sign can not be counted, and is not sent', async () => {
    await client.rails.set({ network, dailyLimit: '5 ether' });
    expect(await refusal(sentByNode())).toMatch(/^RAILS_REFUSED: .*Deploy with --key/);
    await client.rails.set({ network, dailyLimit: null });
    expect(await ended((await sentByNode()).id)).toMatchObject({ status: 'succeeded' });
  });

  test('of two runs that were approved together, the second is refused by its signer', async () => {
    const other = (await client.keys.create({ name: `second-${names}` })).address as string;
    await live.chain.rpc('anvil_setBalance', other, TEN_ETHER);
    const one = await reviewed('Pays');
    const { id: two } = await client.reviews.rehearse({
      ...{ project: 'yard', target: network },
      input: { key: `second-${names}`, script: 'script/Pays.s.sol' },
    });
    await vi.waitUntil(async () => (await client.reviews.get({ id: two })).status === 'open');
    await client.rails.set({ network, dailyLimit: '1.5 ether' });
    // Both are approved before either has signed anything.
    const runs = await Promise.all([one.id, two].map((id) => client.reviews.approve({ id })));
    const all = await Promise.all(runs.map(({ id }) => ended(id)));
    expect(all.map(({ status }) => status).toSorted()).toEqual(['failed', 'succeeded']);
    expect(all.find(({ failure }) => failure)?.failure?.code).toBe('RAILS_REFUSED');
    expect(live.arrived).toHaveLength(1);
  });
});

describe('ways in', () => {
  test('it is sent only from those that are allowed; a rehearsal comes from anywhere', async () => {
    const { id } = await reviewed();
    await client.rails.set({ network, doors: ['window'] });
    for (const door of ['cli', 'api', 'browser', 'core'] as const) {
      expect(await refusal(from(door).reviews.approve({ id }))).toMatch(
        /^RAILS_REFUSED: .*only from the window/,
      );
      expect((await from(door).reviews.check({ id })).refused).toContain('only from the window');
    }
    const byNode = from('cli').deployments.start({
      ...{ project: 'yard', target: network },
      input: { script: 'script/Three.s.sol', from: DEV },
    });
    expect(await refusal(byNode)).toContain('RAILS_REFUSED');
    expect((await from('window').reviews.check({ id })).refused).toBeNull();
    const run = await from('window').reviews.approve({ id });
    expect(await ended(run.id)).toMatchObject({ status: 'succeeded' });
    expect((await from('cli').deployments.get({ id: run.id })).status).toBe('succeeded');
    // A run that was allowed is not to be had again from elsewhere.
    const again = from('cli').deployments.retry({ id: run.id });
    expect(await refusal(again)).toContain('REVIEW_NEEDED');
    const { rehearsal } = await reviewed();
    expect(rehearsal).not.toBeNull();
  });

  test('none at all is a way to close it', async () => {
    const { id } = await reviewed();
    await client.rails.set({ network, doors: [] });
    expect(await refusal(from('window').reviews.approve({ id }))).toContain('by nobody');
  });
});

test('whether a network is production is what was set, else what its chain id says', async () => {
  const first = await reviewed();
  expect(first.production).toBeNull();
  await client.rails.set({ network, production: true, confirmations: 1 });
  expect(await refusal(client.reviews.approve({ id: first.id }))).toContain('CONFIRMATION_NEEDED');
  const { id } = await client.reviews.approve({ id: first.id, confirm: network });
  expect(await ended(id)).toMatchObject({ status: 'succeeded' });

  await live[Symbol.asyncDispose]();
  await publish(MAINNET);
  expect(await client.rails.get({ network })).toMatchObject({
    ...{ production: true, ownProduction: null, ownConfirmations: null },
  });
  await client.rails.set({ network, production: false });
  const second = await reviewed();
  expect(second.production).toBeNull();
});

test('each change is in the audit log, and only what was given changes', async () => {
  await client.rails.set({ network, senders: [sender], dailyLimit: '0.5 ether' });
  await client.rails.set({ network, confirmations: 7 });
  await client.rails.freeze({ network, note: 'until tomorrow' });
  await client.rails.unfreeze({ network });
  expect(await client.rails.get({ network })).toMatchObject({
    ...{ senders: [sender], dailyLimit: `${parseEther('0.5')}`, confirmations: 7 },
    ...{ doors: null, freeze: null, spent: '0' },
  });
  const noted = (await client.audit.list({ limit: 4 })).toReversed();
  expect(noted).toMatchObject([
    { action: 'rails.set', target: network, detail: expect.stringContaining(sender) },
    { action: 'rails.set', target: network, detail: 'confirmations 7' },
    { action: 'rails.freeze', target: network, detail: 'until tomorrow' },
    { action: 'rails.unfreeze', target: network },
  ]);
});

test('a network of Drydock has none, and what is wrong is named', async () => {
  expect(await refusal(client.rails.freeze({ network: 'local' }))).toContain('BAD_ARGUMENT');
  expect(await refusal(client.rails.get({ network: 'nowhere' }))).toContain('NETWORK_NOT_FOUND');
  const wrong = { network, dailyLimit: 'much' };
  await expect(client.rails.set(wrong)).rejects.toMatchObject({ data: { field: 'dailyLimit' } });
});

test('nothing else of Drydock sends to a network that others see', async () => {
  const { id } = await reviewed();
  const { result } = await approved(id);
  const contract = result?.family === 'contracts' ? (result.contracts[0]?.address ?? '') : '';
  const { length } = live.arrived;
  const asked: string[] = [];
  live.before = ({ method }) => {
    asked.push(method);
    return undefined;
  };
  const block = await live.chain.rpc('eth_blockNumber');
  const { accounts, chains, contracts } = client;
  const call = { function: 'set', arguments: ['5'], from: DEV, force: true };
  for (const work of [
    () => contracts.send({ network, contract, ...call }),
    () => accounts.deal({ network, token: contract, to: DEV, amount: '1' }),
    () => accounts.impersonate({ network, account: DEV }),
    () => chains.mine({ chain: network }),
    () => chains.revert({ chain: network, snapshot: 1 }),
  ]) {
    expect(await refusal(work())).toMatch(/^(UNSUPPORTED|CHAIN_NOT_FOUND|BAD_ARGUMENT)/);
  }
  expect(live.arrived).toHaveLength(length);
  expect(await live.chain.rpc('eth_blockNumber')).toBe(block);
  expect(asked.filter((method) => /^(anvil|evm|hardhat)_|^eth_send/.test(method))).toEqual([]);
});
