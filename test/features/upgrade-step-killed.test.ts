import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PROXY_SLOTS } from '#main/eth/inside/proxy.ts';
import { rpc } from '#main/eth/rpc.ts';
import { isFinal } from '#main/shared/final.ts';
import { testsAll } from '#test/harness/all.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type HardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { BOX_UPGRADES, hardhatWith } from '#test/harness/hardhat-upgrades.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import { made } from '#test/harness/made.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { GROWN, MORE, SHIFTED, UPGRADES, upgradeableProject } from '#test/harness/upgradeable.ts';
import { proxyOf } from '#test/harness/upgradeable-app.ts';
import { processLeftovers } from '../crash/leftovers.ts';
import { runningChains } from '../crash/records.ts';
import { type Chain, SENDER, startAnvil } from '../kinds/bench.ts';

const noHardhat = await whyNoHardhat();

let home: Awaited<ReturnType<typeof temporaryFolder>>;
let fixture: Fixture;
let hardhat: HardhatFixture | undefined;
let node: Chain;
let core: HostProcess;
let project: number;
/** Of the counter; the fork has that of the remote network. */
const proxies: Record<string, string> = {};

const start = () =>
  startHostProcess(home.path, {
    env: { DRYDOCK_ENGINE: 'process', ...(hardhat && { HOME: hardhat.home }) },
  });

beforeAll(async () => {
  home = await temporaryFolder();
  node = await startAnvil('--chain-id', '4247');
  fixture = await upgradeableProject({ contracts: GROWN + SHIFTED, functions: UPGRADES });
  if (noHardhat === null) hardhat = await hardhatWith('two-upgrades', BOX_UPGRADES);
  core = await start();
  const { client } = core;
  ({ id: project } = await client.projects.add({ path: fixture.folder }));
  await client.chains.start({ chain: 'local' });
  await client.networks.save({ name: 'far', kind: 'remote', url: node.url, chainId: 4247 });
  for (const network of ['local', 'far']) {
    const run = await ended(await begin(network, { script: 'script/Deploy.s.sol' }));
    expect(run.status, run.failure?.message).toBe('succeeded');
    proxies[network] = proxyOf(run);
  }
  await client.networks.save({ name: 'forked', kind: 'fork', url: node.url });
  await client.chains.start({ chain: 'forked' });
  proxies.forked = proxies.far ?? '';
}, 300_000);
afterAll(async () => {
  for (const chain of ['local', 'forked']) await core?.client.chains.stop({ chain });
  await core?.stop();
  await fixture?.[Symbol.asyncDispose]();
  await hardhat?.[Symbol.asyncDispose]();
  await node?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

async function begin(network: string, input: object, of = project): Promise<number> {
  const from = network === 'far' ? { from: SENDER } : {};
  const asked = { project: of, target: network, input: { ...input, ...from } };
  return (await core.client.deployments.start(asked)).id;
}

async function ended(id: number) {
  await vi.waitFor(
    async () => expect(isFinal((await core.client.deployments.get({ id })).status)).toBe(true),
    { timeout: 120_000, interval: 100 },
  );
  return core.client.deployments.get({ id });
}

async function callOn(network: string) {
  if (network === 'far') return rpc(node.url);
  return rpc((await core.client.chains.get({ chain: network })).rpcUrl as string);
}

const sent = async (network: string): Promise<unknown> =>
  (await callOn(network))('eth_getTransactionCount', [SENDER, 'latest']);

/** What runs behind a proxy: a word, hex. */
const behind = async (network: string, proxy: string): Promise<unknown> =>
  (await callOn(network))('eth_getStorageAt', [proxy, PROXY_SLOTS.implementation, 'latest']);

/** Kills the core at a moment of a run, and starts another one. Returns the run when it has ended. */
async function killedAt(id: number, reached: (id: number) => Promise<void>) {
  await vi.waitFor(() => reached(id), { timeout: 120_000, interval: 5 });
  await core.kill();
  core = await start();
  const run = await ended(id);
  expect(['interrupted', 'failed']).toContain(run.status);
  if (run.status === 'failed') expect(run.failure?.code).toBe('UNSAFE_UPGRADE');
  // What was killed with its run may take a moment to end.
  await vi.waitFor(
    async () => expect(await processLeftovers(home.path, runningChains(home.path))).toEqual([]),
    { timeout: 20_000, interval: 200 },
  );
  return run;
}

const moments: Record<string, (id: number) => Promise<void>> = {
  'while what it would send is found out': async (id) => {
    const lines = await core.client.deployments.logs({ id });
    expect(JSON.stringify(lines)).toContain('looked at before anything is sent');
  },
  'when the upgrade has just been checked': async (id) =>
    expect(await core.client.upgrades.ofRun({ id })).toHaveLength(1),
};

test.each(
  ['local', 'forked', 'far'].flatMap((network, at) =>
    Object.entries(moments)
      .filter((_, index) => testsAll || index === at % 2)
      .map(([moment, reached]) => [network, moment, reached] as const),
  ),
)(
  'on %s, a core that is killed %s has sent nothing, and says so',
  async (network, _, reached) => {
    const proxy = proxies[network] ?? '';
    const before = await sent(network);
    const input = { script: MORE, sig: 'unsafe(address)', args: [proxy] };
    const id = await begin(network, input);
    const run = await killedAt(id, reached);
    expect(made(run).transactions.filter(({ hash }) => hash !== null)).toEqual([]);
    expect(await sent(network)).toBe(before);
    for (const one of await core.client.upgrades.ofRun({ id })) {
      expect(one).toMatchObject({ verdict: 'unsafe', allowed: false, proxy: { address: proxy } });
    }

    const next = await ended(await begin(network, input));
    expect(next.failure?.code).toBe('UNSAFE_UPGRADE');
    expect(await sent(network)).toBe(before);
    expect(await core.client.upgrades.ofRun({ id: next.id })).toEqual([
      expect.objectContaining({ network, verdict: 'unsafe', allowed: false }),
    ]);
  },
  240_000,
);

test.skipIf(skipAloud('a Hardhat run that is killed in the check', noHardhat))(
  'a core that is killed in the check of a Hardhat run records what was sent before it',
  async () => {
    const { id: boxes } = await core.client.projects.add({
      ...{ path: hardhat?.project ?? '', kind: 'hardhat' },
    });
    const first = await ended(await begin('far', { script: 'scripts/deploy.js' }, boxes));
    expect(first.status, first.failure?.message).toBe('succeeded');
    const of = (name: string) =>
      made(first).contracts.find((one) => one.name === name)?.address ?? '';
    const proxy = of('TransparentUpgradeableProxy');
    const env = ['NEXT=BoxMoved', `PROXY=${proxy}`, `ADMIN=${of('ProxyAdmin')}`];
    const [before, count] = [await behind('far', proxy), Number(await sent('far'))];
    const id = await begin('far', { script: 'scripts/upgrade.js', env }, boxes);
    const run = await killedAt(
      id,
      moments['when the upgrade has just been checked'] as (id: number) => Promise<void>,
    );
    // The new implementation stands there; nothing uses it.
    expect(made(run).transactions.map(({ status }) => status)).toEqual(['success']);
    expect(made(run).contracts.map(({ name }) => name)).toEqual(['BoxMoved']);
    expect(await behind('far', proxy)).toBe(before);
    expect(Number(await sent('far'))).toBe(count + 1);
  },
  240_000,
);
