import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { some } from '#test/harness/all.ts';
import type { Client } from '#test/harness/doors.ts';
import { deploy, logOf } from '#test/harness/hardhat-deploy.ts';
import { whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import {
  addHardhatProject,
  BOX_UPGRADES,
  type HardhatProject,
} from '#test/harness/hardhat-upgrades.ts';
import { made } from '#test/harness/made.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { GROWN, SHIFTED, UPGRADES } from '#test/harness/upgradeable.ts';
import { openUpgradeable, proxyOf, type UpgradeableApp } from '#test/harness/upgradeable-app.ts';
import { type Chain, SENDER, startAnvil } from '../kinds/bench.ts';

const noHardhat = await whyNoHardhat();
const isDocker = process.env.DRYDOCK_ENGINE === 'docker';
const home = process.env.HOME;

/** Of the remote network. */
let nodeUrl: string;
let node: Chain | undefined;
let up: UpgradeableApp;
let client: Client;
/** Stands on the remote network alone, so that no deployment to the fork knows of it. */
let proxy: string;
let hardhat: HardhatProject | undefined;
let box: { PROXY: string; ADMIN: string };

/** A node elsewhere signs for the accounts that it is asked for alone. */
const senderOn = (network: string): object => (network === 'far' ? { from: SENDER } : {});

const deployBox = (script: string, network: string, env: Record<string, string>) =>
  deploy(
    client,
    hardhat?.id ?? 0,
    {
      ...{ script, ...senderOn(network) },
      env: [
        ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
        ...(hardhat?.fixture.env ?? []),
      ],
    },
    network,
  );

beforeAll(async () => {
  up = await openUpgradeable({ contracts: GROWN + SHIFTED, functions: UPGRADES });
  ({ client } = up);
  // Containers reach nothing on this machine's loopback; what is in a container, they do.
  if (isDocker) nodeUrl = (await client.chains.get({ chain: 'local' })).rpcUrl ?? '';
  else {
    node = await startAnvil('--chain-id', '4246');
    nodeUrl = node.url;
  }
  const chainId = node?.chainId ?? 31337;
  await client.networks.save({ name: 'far', kind: 'remote', url: nodeUrl, chainId });
  const script = { script: 'script/Deploy.s.sol', ...senderOn('far') };
  proxy = proxyOf(await up.deployed(script, 'far'));
  if (noHardhat === null) {
    hardhat = await addHardhatProject(client, 'two-upgrades', BOX_UPGRADES, {
      inContainer: isDocker,
    });
    const run = await deployBox('scripts/deploy.js', 'far', {});
    expect(run.status, `${run.failure?.message}\n${await logOf(client, run.id)}`).toBe('succeeded');
    const of = (name: string) =>
      made(run).contracts.find((one) => one.name === name)?.address ?? '';
    box = { PROXY: of('TransparentUpgradeableProxy'), ADMIN: of('ProxyAdmin') };
  }
  await client.networks.save({ name: 'forked', kind: 'fork', url: nodeUrl });
  await client.chains.start({ chain: 'forked' });
}, 400_000);

afterAll(async () => {
  process.env.HOME = home;
  await up?.[Symbol.asyncDispose]();
  await hardhat?.fixture[Symbol.asyncDispose]();
  await node?.[Symbol.asyncDispose]();
});

async function nonceOn(network: string): Promise<unknown> {
  const own = async () => (await client.chains.get({ chain: network })).rpcUrl as string;
  const call = rpc(network === 'far' ? nodeUrl : await own());
  return call('eth_getTransactionCount', [SENDER, 'latest']);
}

/** The run again, as the button of its failure starts it. */
async function allowed(stopped: DeploymentDetail): Promise<DeploymentDetail> {
  const input = stopped.failure?.fix?.call?.input;
  const { id } = await client.deployments.retry(
    input as Parameters<Client['deployments']['retry']>[0],
  );
  for await (const batch of await client.deployments.watch({ id })) void batch;
  return client.deployments.get({ id });
}

const keptOf = async ({ id }: { id: number }) =>
  (await client.upgrades.ofRun({ id })).map((one) => [one.network, one.verdict, one.allowed]);

// The fork first: what is upgraded on the remote network is never taken back.
describe.each(some(['far', 'forked'], 1))('on the network %s', (network) => {
  test('a Foundry script is stopped before it sends anything that breaks what is there', async () => {
    const before = await nonceOn(network);
    const run = await up.run('unsafe(address)', [proxy], senderOn(network), network);
    expect(run.failure, await logOf(client, run.id)).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(/Counter behind 0x\w+ to Shifted is unsafe.*`keeper`/),
    });
    expect(await nonceOn(network)).toBe(before);
    expect(await up.behind(proxy, network)).toBe('Counter');
    expect(await keptOf(run)).toEqual([[network, 'unsafe', false]]);
  }, 240_000);

  test('a Foundry script sends what breaks nothing, and the rest with consent', async () => {
    const run = await up.run('safe(address)', [proxy], senderOn(network), network);
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(await keptOf(run)).toEqual([[network, 'safe', false]]);
    expect(await up.behind(proxy, network)).toBe('Grown');
    const stopped = await up.run('unsafe(address)', [proxy], senderOn(network), network);
    expect(stopped.failure?.code).toBe('UNSAFE_UPGRADE');
    const next = await allowed(stopped);
    expect(next.status, next.failure?.message).toBe('succeeded');
    expect(await keptOf(next)).toEqual([[network, 'unsafe', true]]);
    expect(await up.behind(proxy, network)).toBe('Shifted');
  }, 240_000);

  describe.skipIf(skipAloud(`Hardhat upgrades on ${network}`, noHardhat))('Hardhat', () => {
    const upgrade = (NEXT: string) => deployBox('scripts/upgrade.js', network, { NEXT, ...box });

    test('a script is stopped before it breaks what is there, and goes on with consent', async () => {
      const run = await upgrade('BoxMoved');
      expect(run.failure, await logOf(client, run.id)).toMatchObject({
        code: 'UNSAFE_UPGRADE',
        message: expect.stringMatching(/Box behind 0x\w+ to BoxMoved is unsafe.*`keeper`/),
      });
      expect(await up.behind(box.PROXY, network)).toBe('Box');
      const next = await allowed(run);
      expect(next.status, next.failure?.message).toBe('succeeded');
      expect(await keptOf(next)).toEqual([[network, 'unsafe', true]]);
      expect(await up.behind(box.PROXY, network)).toBe('BoxMoved');
    }, 240_000);
  });
});
