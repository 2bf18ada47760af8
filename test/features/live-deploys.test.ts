import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Hex, parseTransaction } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { BUSY, type LiveNetwork, liveNetwork } from '#test/harness/live-network.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';

const CHAIN_ID = 5150;
const MAINNET = 1;
const ONE_ETHER = '0xde0b6b3a7640000';
const ELSEWHERE = '0x00000000000000000000000000000000000000bb';

const SCRIPTS = {
  Three: `vm.startBroadcast(); C c = new C(1); c.set(2); new C(3); vm.stopBroadcast();`,
  Once: `vm.startBroadcast(); new C(4); vm.stopBroadcast();`,
  Clock: `vm.startBroadcast(); new C(block.timestamp); vm.stopBroadcast();`,
  Calls: `vm.startBroadcast(); Known(${ELSEWHERE}).set(1); vm.stopBroadcast();`,
  Raw: `vm.startBroadcast(vm.envUint("PRIVATE_KEY")); new C(5); vm.stopBroadcast();`,
  Nothing: '',
};
const KNOWN = 'interface Known { function set(uint256) external; }';

let opened: TestApp;
let client: Client;
let live: LiveNetwork;
let fixture: Fixture;
let sender: string;
let names = 0;
let hunt: SecretsHunt;
let network: string;

beforeAll(async () => {
  opened = await openTestApp();
  hunt = await SecretsHunt.begin(opened);
  ({ client } = await openDoor('in-process', opened.app));
  fixture = await scriptProject(SCRIPTS, KNOWN);
  await client.projects.add({ path: fixture.folder, kind: 'foundry', name: 'yard' });
  const privateKey = generatePrivateKey();
  hunt.keep('the key that signs', privateKey);
  hunt.project(fixture.folder);
  sender = (await client.keys.import({ name: 'deployer', privateKey })).address as string;
});

/** One of its own for each test: what was sent stays there. */
async function publish(chainId: number, ...more: string[]): Promise<void> {
  live = await liveNetwork(chainId, ...more);
  names += 1;
  network = `shared-${names}`;
  await client.networks.save({ name: network, kind: 'remote', url: live.url });
  await live.chain.rpc('anvil_setBalance', sender, ONE_ETHER);
}

beforeEach(() => publish(CHAIN_ID));

afterEach(async () => {
  await client.chains.stop({ chain: `${network}-rehearsal` }).catch(() => undefined);
  await live[Symbol.asyncDispose]();
});

afterAll(async () => {
  await hunt.end();
  await opened[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

type Input = Record<string, unknown>;

/** A review that was decided on, or the reason why there is none. */
async function reviewed(script: keyof typeof SCRIPTS | 'C', more: Input = {}) {
  const input = script === 'C' ? { script: 'C' } : { script: `script/${script}.s.sol` };
  const { id } = await client.reviews.rehearse({
    ...{ project: 'yard', target: network },
    input: { key: 'deployer', ...input, ...more },
  });
  const now = () => client.reviews.get({ id });
  await vi.waitUntil(async () => (await now()).status !== 'rehearsing');
  return now();
}

async function ended(id: number) {
  await vi.waitUntil(async () => isFinal((await client.deployments.get({ id })).status));
  return client.deployments.get({ id });
}

const approved = async (id: number) => ended((await client.reviews.approve({ id })).id);

const countOf = async (): Promise<number> =>
  Number(await live.chain.rpc<string>('eth_getTransactionCount', sender, 'latest'));

const transactionsOf = (run: Awaited<ReturnType<typeof ended>>) =>
  run.result?.family === 'contracts' ? run.result.transactions : [];

describe('what is reviewed is what is sent', () => {
  test('a script: signed by the key alone, transaction by transaction', async () => {
    const review = await reviewed('Three');
    expect(review).toMatchObject({ status: 'open', problem: null, sender });
    const planned = review.certificate?.transactions ?? [];
    expect(planned).toHaveLength(3);
    expect(live.arrived).toEqual([]);

    const run = await approved(review.id);
    expect(run).toMatchObject({ status: 'succeeded', failure: null, review: review.id });
    expect(live.arrived.map((raw) => parseTransaction(raw as `0x${string}`))).toMatchObject(
      planned.map(({ nonce, data }) => ({ nonce, data, chainId: CHAIN_ID })),
    );
    expect(transactionsOf(run).map(({ from }) => from)).toEqual([sender, sender, sender]);
    expect(await client.reviews.get({ id: review.id })).toMatchObject({
      ...{ status: 'done', run: run.id },
      signed: [{ nonce: 0 }, { nonce: 1 }, { nonce: 2 }],
    });
  });

  test('a contract without a script', async () => {
    const review = await reviewed('C', { args: ['7'] });
    expect(review.certificate?.contracts).toMatchObject([{ name: 'C' }]);
    const run = await approved(review.id);
    expect(run.failure).toBeNull();
    expect(live.arrived).toHaveLength(1);
  });

  test('who approved it and what was signed is in the audit log', async () => {
    const { id } = await reviewed('Three');
    await approved(id);
    const log = (await client.audit.list({ review: id })).toReversed();
    const { length } = live.arrived;
    const steps = log.map(({ action, outcome }) => `${action} ${outcome}`);
    expect(steps[0]).toBe('reviews.rehearse done');
    expect(steps[1]).toBe('reviews.approve begun');
    expect(steps.filter((step) => step === 'reviews.signed done')).toHaveLength(length as number);
    expect(steps.filter((step) => step === 'reviews.approve done')).toHaveLength(1);
    const signed = log.filter(({ action }) => action === 'reviews.signed');
    for (const one of signed) {
      expect(one).toMatchObject({ door: 'core', target: network, subject: 'deployer' });
    }
    expect((await client.audit.verify({})).broken).toBeNull();
  });

  test('the rehearsal leaves no record of its tool, and nothing deployed', async () => {
    const { rehearsal } = await reviewed('Once');
    const records = path.join(fixture.folder, 'broadcast/Once.s.sol', `${CHAIN_ID}`);
    await expect(readFile(path.join(records, 'run-latest.json'))).rejects.toThrow('ENOENT');
    expect(await client.deployments.get({ id: rehearsal as number })).toMatchObject({
      ...{ status: 'succeeded', live: false, trigger: 'review' },
    });
    expect(await client.deployments.list({ target: network })).toMatchObject({ total: 0 });
  });
});

describe('nothing else is sent', () => {
  test('a bare request is refused, also one that repeats a run', async () => {
    const asked = { project: 'yard', target: network };
    const input = { key: 'deployer', script: 'script/Three.s.sol' };
    const bare = client.deployments.start({ ...asked, input });
    await expect(bare).rejects.toMatchObject({ code: 'REVIEW_NEEDED' });
    const { id } = await reviewed('Three');
    const run = await approved(id);
    const again = client.deployments.redeploy({ id: run.id, asItIsNow: true });
    await expect(again).rejects.toMatchObject({ code: 'REVIEW_NEEDED' });
    await expect(client.reviews.approve({ id })).rejects.toMatchObject({ code: 'REVIEW_CLOSED' });
    expect(await countOf()).toBe(3);
  });

  test('a script that does something else the next time is ended before it has sent that', async () => {
    const { id } = await reviewed('Clock');
    await live.chain.rpc('evm_increaseTime', 1000);
    await live.chain.rpc('evm_mine');
    const run = await approved(id);
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'DIFFERS_FROM_REVIEW' } });
    expect(run.failure?.message).toContain('Nothing was sent.');
    expect(live.arrived).toEqual([]);
  });

  test('what the key has sent elsewhere, or other code at an address, makes it stale', async () => {
    await live.chain.rpc('anvil_setCode', ELSEWHERE, '0x00');
    const calling = await reviewed('Calls');
    expect(calling.certificate?.externals).toMatchObject([
      { address: expect.stringMatching(new RegExp(ELSEWHERE, 'i')) },
    ]);
    await live.chain.rpc('anvil_setCode', ELSEWHERE, '0x5f00');
    await expect(client.reviews.approve({ id: calling.id })).rejects.toMatchObject({
      ...{ code: 'REVIEW_STALE', message: expect.stringContaining('other code') },
    });

    const { id } = await reviewed('Three');
    await live.chain.rpc('anvil_setNonce', sender, '0x1');
    await expect(client.reviews.approve({ id })).rejects.toMatchObject({
      ...{ code: 'REVIEW_STALE', message: expect.stringContaining('used elsewhere') },
    });
    expect(await client.reviews.get({ id })).toMatchObject({ status: 'open' });
    expect(live.arrived).toEqual([]);
  });

  test('what was rejected stays so', async () => {
    const { id } = await reviewed('Three');
    await client.reviews.reject({ id });
    await expect(client.reviews.approve({ id })).rejects.toMatchObject({ code: 'REVIEW_CLOSED' });
  });

  test('on a main network its name has to be given', async () => {
    await live[Symbol.asyncDispose]();
    await publish(MAINNET, ...BUSY);
    const review = await reviewed('Three');
    expect(review.production).toBe('Ethereum');
    const approve = (confirm?: string) => client.reviews.approve({ id: review.id, confirm });
    await expect(approve()).rejects.toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    await expect(approve('Ethereum')).rejects.toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect(await countOf()).toBe(0);
    expect(await ended((await approve(network)).id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a run that broke off', () => {
  test('goes on from what the network has, and sends nothing twice', async () => {
    const { id } = await reviewed('Three');
    // The second one arrives, and the network is gone before anybody hears of it.
    let isGone = false;
    live.before = ({ method }) => {
      if (isGone) return null;
      if (method !== 'eth_sendRawTransaction' || live.arrived.length < 2) return undefined;
      isGone = true;
      return live.chain.rpc('eth_sendRawTransaction', live.arrived[1]).then(() => null);
    };
    const { id: broken } = await client.reviews.approve({ id });
    await vi.waitUntil(() => isGone);
    await client.deployments.cancel({ id: broken });
    live.before = undefined;
    expect(await countOf()).toBe(2);
    expect(await client.reviews.get({ id })).toMatchObject({ status: 'approved' });

    const run = await approved(id);
    expect(run).toMatchObject({ status: 'succeeded', failure: null });
    expect(await countOf()).toBe(3);
    expect(new Set(live.arrived).size).toBe(3);
    expect(await client.reviews.get({ id })).toMatchObject({ status: 'done' });
  });
});

describe('a script that reads a private key', () => {
  test('gets that of a development account on a chain of ours', async () => {
    const { id } = await client.deployments.start({
      ...{ project: 'yard', target: 'local', input: { script: 'script/Raw.s.sol', from: '3' } },
    });
    const run = await ended(id);
    expect(run).toMatchObject({ status: 'succeeded', failure: null });
    const accounts = await client.chains.accounts({ chain: 'local' });
    expect(transactionsOf(run).map(({ from }) => from)).toEqual([accounts[3]?.address]);
    await client.chains.stop({ chain: 'local' });
  });

  test('is told for a live network, with its line and what to write instead', async () => {
    const { status, problem } = await reviewed('Raw');
    expect(status).toBe('failed');
    expect(problem).toContain('script/Raw.s.sol:4 reads a private key from PRIVATE_KEY');
    expect(problem).toContain('vm.startBroadcast()');
  });

  test('that brings its own signs nothing that is reviewed for another', async () => {
    const own = `0x${'17'.repeat(32)}`;
    await client.environments.set({ project: 'yard', name: 'PRIVATE_KEY', value: own });
    try {
      await live.chain.rpc('anvil_setBalance', privateKeyToAddress(own as Hex), ONE_ETHER);
      const { status, problem } = await reviewed('Raw');
      expect({ status, problem }).toMatchObject({
        ...{ status: 'failed', problem: expect.stringContaining(`${sender} is to sign`) },
      });
    } finally {
      await client.environments.unset({ project: 'yard', name: 'PRIVATE_KEY' });
    }
  });
});

test('why a rehearsal has nothing to approve is said', async () => {
  expect(await reviewed('Nothing')).toMatchObject({
    ...{ status: 'failed', problem: 'The rehearsal has sent nothing.', certificate: null },
  });
  await live.chain.rpc('anvil_setBalance', sender, '0x0');
  const poor = await reviewed('Three');
  expect(poor.status === 'failed' || poor.certificate?.warnings[0]?.about === 'balance').toBe(true);
});
