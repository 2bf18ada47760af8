import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Asked, asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';

/** A key that no chain knows, and its address. */
const OWN_KEY = '0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362319';
const OWN_ADDRESS = privateKeyToAddress(OWN_KEY);
const ANVIL_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const ANVIL_ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const STRANGER = '0x00000000000000000000000000000000000000AA';
const OTHER_STRANGER = '0x00000000000000000000000000000000000000bb';

const SCRIPTS = {
  Funds: `
    vm.startBroadcast(); payable(vm.addr(${OWN_KEY})).transfer(1 ether); vm.stopBroadcast();
    vm.startBroadcast(${OWN_KEY}); new C(1); vm.stopBroadcast();`,
  Env: 'vm.startBroadcast(vm.envUint("PRIVATE_KEY")); new C(1); vm.stopBroadcast();',
  Plain: 'vm.startBroadcast(); new C(1); vm.stopBroadcast();',
  Takes: `}
    function take(bytes32) external { vm.startBroadcast(); new C(1); vm.stopBroadcast(); }
    function say(string calldata) external { vm.startBroadcast(); new C(2); vm.stopBroadcast();`,
  Mixed: `
    vm.startBroadcast(); new C(1); vm.stopBroadcast();
    vm.startBroadcast(${ANVIL_KEY}); new C(2); vm.stopBroadcast();
    vm.startBroadcast(vm.envUint("PRIVATE_KEY")); new C(3); vm.stopBroadcast();
    vm.startBroadcast(${OTHER_STRANGER}); new C(4); vm.stopBroadcast();`,
};

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject(SCRIPTS);
  await writeFile(path.join(fixture.folder, '.env'), `PRIVATE_KEY=${OWN_KEY}\n`);
  project = (await client.projects.add({ path: fixture.folder })).id;
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
  await client.chains.start({ chain: 'forked' });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

async function deploy(
  network: string,
  script: keyof typeof SCRIPTS,
  input: Partial<Asked> = {},
): Promise<DeploymentDetail> {
  const request = asked({
    ...{ project, target: network, script: `script/${script}.s.sol` },
    ...input,
  });
  const { id } = await client.deployments.start(request);
  return ended({ id });
}

async function ended({ id }: { id: number }): Promise<DeploymentDetail> {
  for await (const _ of await client.deployments.watch({ id })) {
    // Only its end matters.
  }
  return client.deployments.get({ id });
}

const callOf = async (chain: string) => rpc((await client.chains.get({ chain })).rpcUrl as string);

/** What a program gets that sends as an account whose key the chain does not have. */
const sendAsStranger = async (chain: string) =>
  (await callOf(chain))('eth_sendTransaction', [{ from: STRANGER, to: STRANGER }]);

test.each(['local', 'forked'])(
  'a script on %s sends with a key of its own',
  async (network) => {
    const funds = await deploy(network, 'Funds');
    expect(funds.failure).toBeNull();
    expect(made(funds).transactions.map((t) => t.from)).toEqual([ANVIL_ADDRESS, OWN_ADDRESS]);
    const env = await deploy(network, 'Env');
    expect(env.failure).toBeNull();
    expect(made(env).transactions.map((t) => [t.from, t.verified])).toEqual([[OWN_ADDRESS, true]]);
    await expect(sendAsStranger(network)).rejects.toThrow(/no signer/i);
  },
  120_000,
);

test.each(['local', 'forked'])(
  'a sender whose key nothing has, keys of the chain and of the script, all in one run on %s',
  async (network) => {
    for (const address of [STRANGER, OTHER_STRANGER, OWN_ADDRESS]) {
      await client.chains.fund({ chain: network, address, ether: '2' });
    }
    const d = await deploy(network, 'Mixed', { from: STRANGER });
    expect(d.failure).toBeNull();
    expect(made(d).transactions.map((t) => t.from)).toEqual([
      ...[STRANGER, ANVIL_ADDRESS, OWN_ADDRESS, OTHER_STRANGER],
    ]);
    expect(made(d).contracts.map((c) => c.verified)).toEqual([true, true, true, true]);
    await expect(sendAsStranger(network)).rejects.toThrow(/no signer/i);
  },
  120_000,
);

test('runs that wait for each other all sign; the chain is as before after the last', async () => {
  const runs = await Promise.all(
    ['Env', 'Plain', 'Env'].map((name) =>
      client.deployments.start({
        project,
        target: 'local',
        input: { script: `script/${name}.s.sol` },
      }),
    ),
  );
  for (const { id } of runs) {
    for await (const _ of await client.deployments.watch({ id })) {
      // Only its end matters.
    }
    expect((await client.deployments.get({ id })).failure).toBeNull();
  }
  await expect(sendAsStranger('local')).rejects.toThrow(/no signer/i);
}, 120_000);

test('what the user has switched on stays on', async () => {
  const call = await callOf('local');
  await call('anvil_autoImpersonateAccount', [true]);
  expect((await deploy('local', 'Env')).failure).toBeNull();
  expect(await sendAsStranger('local')).toMatch(/^0x/);
  await call('anvil_autoImpersonateAccount', [false]);
}, 120_000);

test('a private key as an argument is asked about, and runs only as no secret', async () => {
  const taking = {
    ...{ project, script: 'script/Takes.s.sol', sig: 'take(bytes32)' },
    args: [ANVIL_KEY],
  };
  const start = (more: Partial<Asked> = {}) =>
    client.deployments.start(asked({ ...taking, ...more }));
  const { total } = await client.deployments.list({});
  const error = await start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'SECRET_ARGUMENT', data: { field: 'args' } });
  expect((error as Error).message).toContain(
    'Argument 1 of take(bytes32) looks like a private key',
  );
  expect(JSON.stringify(error)).not.toContain(ANVIL_KEY.slice(2));
  const mistyped = await start({ args: [`${ANVIL_KEY}0`] }).catch((thrown: Error) => thrown);
  expect((mistyped as Error).message).not.toContain(ANVIL_KEY.slice(10));
  const phrase = 'test test test test test test test test test test test junk';
  await expect(start({ sig: 'say(string)', args: [phrase] })).rejects.toMatchObject({
    code: 'SECRET_ARGUMENT',
  });
  // Nothing of it was kept.
  expect((await client.deployments.list({})).total).toBe(total);

  // Twelve words, but none of a phrase.
  const words =
    'nothing happens unless someone presses these buttons before another person arrives here';
  const first = await ended(await start({ sig: 'say(string)', args: [words] }));
  expect(first.failure).toBeNull();
  const harmless = await start({ argsAreNoSecret: true });
  expect((await ended(harmless)).failure).toBeNull();
  // Said once, it holds for the same arguments.
  const again = await client.deployments.retry({ id: harmless.id });
  expect((await ended(again)).failure).toBeNull();
  const other = { id: harmless.id, changes: { input: { args: [OWN_KEY] } } };
  await expect(client.deployments.retry(other)).rejects.toMatchObject({ code: 'SECRET_ARGUMENT' });
}, 60_000);
