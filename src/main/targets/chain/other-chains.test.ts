import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Asked, asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { type Chain, startAnvil } from '#test/kinds/bench.ts';
import { rpc } from '../../eth/rpc.ts';
import type { DeploymentDetail } from '../../features/deployments/contract.ts';

const SECOND_ID = 777;
const STRANGE_ID = 778;

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;
/** Nodes without a network: one with an id of its own, one with the id of `local`. */
let strange: Chain;
let twin: Chain;
let localUrl: string;
let secondUrl: string;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  strange = await startAnvil('--chain-id', `${STRANGE_ID}`);
  twin = await startAnvil();
  await client.networks.save({ name: 'second', kind: 'local', chainId: SECOND_ID });
  localUrl = (await client.chains.start({ chain: 'local' })).rpcUrl as string;
  secondUrl = (await client.chains.start({ chain: 'second' })).rpcUrl as string;
  const send = (x: number) => `vm.startBroadcast(); new C(${x}); vm.stopBroadcast();`;
  const on = (url: string, x: number) => `vm.createSelectFork("${url}"); ${send(x)}`;
  fixture = await scriptProject({
    Plain: send(1),
    Second: on(secondUrl, 1),
    Strange: on(strange.url, 1),
    Twin: on(twin.url, 1),
    Both: on(localUrl, 1) + on(secondUrl, 2),
    ByAlias: on(localUrl.replace('127.0.0.1', 'localhost'), 1),
    // A name that can't be found by reading the source.
    Hidden: `(bool ok,) = address(vm).call(abi.encodePacked(bytes4(keccak256(bytes(string.concat("create", "Select", "Fork(string)")))), abi.encode("${strange.url}"))); require(ok); ${send(1)}`,
  });
  project = (await client.projects.add({ path: fixture.folder })).id;
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
  await strange?.[Symbol.asyncDispose]();
  await twin?.[Symbol.asyncDispose]();
});

async function ended(id: number): Promise<DeploymentDetail> {
  for await (const _ of await client.deployments.watch({ id })) {
    // The result doesn't matter, only that it ended.
  }
  return client.deployments.get({ id });
}

async function deploy(script: string, input: Partial<Asked> = {}): Promise<DeploymentDetail> {
  const request = asked({ project, script: `script/${script}.s.sol`, ...input });
  return ended((await client.deployments.start(request)).id);
}

const blockOf = async (url: string) => Number(await rpc(url)('eth_blockNumber'));
const output = async (id: number) =>
  (await client.deployments.logs({ id, limit: 10_000 })).flatMap((event) =>
    event.type === 'log' ? [event.text] : [],
  );

test('an ordinary local deploy is run once', async () => {
  const d = await deploy('Plain');
  expect(d.failure).toBeNull();
  const ran = (await output(d.id)).filter((line) => /Script ran successfully/.test(line));
  expect(ran).toHaveLength(1);
}, 120_000);

test.each([
  ['Second', () => secondUrl, SECOND_ID, 'second'],
  ['Strange', () => strange.url, STRANGE_ID, '127.0.0.1:'],
  ['Twin', () => twin.url, 31337, '127.0.0.1:'],
] as const)(
  'a script that would send to a chain that was not chosen is stopped before it does: %s',
  async (script, url, chainId, name) => {
    const before = await blockOf(url());
    const d = await deploy(script);
    expect(d.failure?.code).toBe('OTHER_CHAIN');
    expect(d.failure?.message).toContain(`1 transaction to chain ${chainId} (${name}`);
    expect(d.failure?.message).toContain('Nothing was sent');
    expect(made(d).transactionCounts.sent).toBe(0);
    expect(await blockOf(url())).toBe(before);
  },
  120_000,
);

test('with consent, each chain has its own in the record, checked where it can be', async () => {
  const refused = await deploy('Both');
  expect(refused.failure?.fix?.call?.procedure).toBe('deployments.retry');
  const input = refused.failure?.fix?.call?.input as Parameters<Client['deployments']['retry']>[0];
  const d = await ended((await client.deployments.retry(input)).id);
  expect(d.failure).toBeNull();
  expect(d).toMatchObject({
    status: 'succeeded',
    live: true,
    input: { allowChains: [SECOND_ID] },
  });
  const where = [
    [31337, null, true],
    [SECOND_ID, 'second', true],
  ];
  expect(made(d).transactions.map((t) => [t.chainId, t.elsewhere, t.verified])).toEqual(where);
  expect(made(d).contracts.map((c) => [c.chainId, c.elsewhere, c.verified])).toEqual(where);
  expect(d.warnings.join()).toContain('No snapshot of that chain was taken');
  const code = (await rpc(secondUrl)('eth_getCode', [
    made(d).contracts[1]?.address,
    'latest',
  ])) as string;
  expect(code.length).toBeGreaterThan(2);

  const book = JSON.parse((await client.history.export({ id: d.id, format: 'addresses' })).text);
  expect(Object.keys(book)).toEqual(['777', '31337']);
}, 120_000);

test('what goes to a chain that is not known is recorded as the tool tells it', async () => {
  const d = await deploy('Strange', { allowChains: [STRANGE_ID] });
  expect(d.failure).toBeNull();
  expect(d).toMatchObject({ status: 'succeeded', live: null });
  expect(made(d).contracts).toMatchObject([
    { chainId: STRANGE_ID, elsewhere: new URL(strange.url).host, verified: false },
  ]);
  expect(made(d).transactions).toMatchObject([{ status: 'success', verified: false }]);
}, 120_000);

test('the chosen chain by another of its addresses is the chosen chain', async () => {
  const d = await deploy('ByAlias');
  expect(d.failure).toBeNull();
  expect(made(d).transactions).toMatchObject([{ elsewhere: null, verified: true }]);
}, 120_000);

test('what has got past every look is told as a failure of its own, and recorded', async () => {
  await rm(`${fixture.folder}/broadcast`, { recursive: true, force: true });
  const d = await deploy('Hidden');
  expect(d.failure?.code).toBe('OTHER_CHAIN');
  expect(d.failure?.message).toContain(`has sent 1 transaction to chain ${STRANGE_ID}`);
  expect(made(d).contracts).toMatchObject([{ chainId: STRANGE_ID }]);
  expect(made(d).transactionCounts).toEqual({ planned: 1, sent: 1, mined: 1 });
}, 120_000);
