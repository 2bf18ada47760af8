import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { yardProject } from '#test/harness/yard.ts';
import { type Chain, startAnvil } from '../kinds/bench.ts';

const BOB = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const FOREIGN_ID = 4245;

let core: TestApp;
let client: Client;
let fixture: Fixture;
let foreign: Chain;
/** Address of the yard by network. */
const yards: Record<string, string> = {};

async function deployed(target: string): Promise<string> {
  const { id } = await client.deployments.start({ project: 'yard', target });
  for await (const _ of await client.deployments.watch({ id }));
  expect((await client.deployments.get({ id })).failure).toBeNull();
  const { contracts } = await client.contracts.live({ target });
  return contracts.find(({ name }) => name === 'Yard')?.address ?? '';
}

beforeAll(async () => {
  fixture = await yardProject();
  foreign = await startAnvil('--chain-id', `${FOREIGN_ID}`);
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.projects.add({ path: fixture.folder, name: 'yard', kind: 'foundry' });
  const upstream = await deployed('local');
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
  await client.networks.save({
    ...{ name: 'kept', kind: 'fork', url: foreign.url, keepChainId: true },
  });
  await client.chains.start({ chain: 'forked' });
  // What the fork reads of its upstream is then below its newest block.
  await client.chains.mine({ chain: 'forked', blocks: 2 });
  Object.assign(yards, { forked: upstream, kept: await deployed('kept') });
}, 240_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await foreign?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

describe.each([
  ['forked', 'a contract of the upstream of a fork'],
  ['kept', 'a contract on a fork that keeps a foreign chain id'],
])('on %s, %s', (network) => {
  const yard = () => ({ network, contract: yards[network] ?? '' });

  test('is read, now and as it was', async () => {
    const asked = { ...yard(), function: 'fee' };
    expect(await client.contracts.read(asked)).toMatchObject({ value: '30' });
    const { blockNumber } = await client.chains.get({ chain: network });
    const then = { ...asked, block: blockNumber ?? 0 };
    expect(await client.contracts.read(then)).toMatchObject({ value: '30' });
  });

  test('is called on trial, then sent to, and its events are listed', async () => {
    const call = { ...yard(), function: 'berth', arguments: ['9', 'mine'], from: '1' };
    const tried = await client.contracts.simulate(call);
    expect(tried).toMatchObject({ succeeds: true, from: BOB, error: null });
    const sent = await client.contracts.send(call);
    expect(sent).toMatchObject({
      ...{ network, status: 'success', from: BOB, error: null },
      events: [{ name: 'Berthed', arguments: [{ value: BOB }, { value: '9' }, { value: 'mine' }] }],
    });
    const { events } = await client.contracts.events({ ...yard(), event: 'Berthed' });
    expect(events.map((one) => one.transactionHash)).toEqual([sent.hash]);
    const berths = { ...yard(), function: 'berths', arguments: ['1'] };
    expect(await client.contracts.read(berths)).toMatchObject({ value: '9' });
  });

  test('tells its storage by the names of variables', async () => {
    const { variables, problem } = await client.contracts.storage(yard());
    expect(problem).toBeNull();
    const values = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ fee: '30', level: '7', name: 'Harbour yard', 'list[1]': '12' });
    const one = await client.contracts.storage({ ...yard(), variable: 'berths[1]' });
    expect(one.variables).toMatchObject([{ value: '9' }]);
  });
});

test('the chain id is that of others, as it was asked for', async () => {
  expect(await client.chains.get({ chain: 'kept' })).toMatchObject({ chainId: FOREIGN_ID });
});
