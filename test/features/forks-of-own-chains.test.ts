import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { yardProject } from '#test/harness/yard.ts';
import { startAnvil } from '../kinds/bench.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let yard: string;
let creation: string;

async function deployed(): Promise<{ address: string; transactionHash: string | null }> {
  const { id } = await client.deployments.start({ project: 'yard', target: 'local' });
  for await (const _ of await client.deployments.watch({ id }));
  expect((await client.deployments.get({ id })).failure).toBeNull();
  const { contracts } = await client.contracts.live({ target: 'local' });
  const found = contracts.find(({ name }) => name === 'Yard');
  return { address: found?.address ?? '', transactionHash: found?.transactionHash ?? null };
}

beforeAll(async () => {
  fixture = await yardProject();
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.projects.add({ path: fixture.folder, name: 'yard', kind: 'foundry' });
  const first = await deployed();
  yard = first.address;
  creation = first.transactionHash ?? '';
  await client.addressBook.set({ network: 'local', address: yard, label: 'Shipyard' });
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
  const fork = await client.chains.start({ chain: 'forked' });
  await client.networks.save({ name: 'twice', kind: 'fork', url: fork.rpcUrl as string });
  await client.chains.start({ chain: 'twice' });
}, 240_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

test.each(['forked', 'twice'])('contracts of the upstream are known on %s', async (network) => {
  for (const contract of ['yard.Yard', 'Yard', 'Shipyard']) {
    expect(await client.contracts.show({ network, contract })).toMatchObject({
      ...{ network, address: yard, name: 'Yard', label: 'Shipyard' },
      deployment: { target: 'local', project: { name: 'yard' } },
    });
  }
  const read = { network, contract: 'yard.Yard', function: 'fee' };
  expect(await client.contracts.read(read)).toMatchObject({ value: '30' });
  expect(await client.explorer.find({ network, text: 'shipy' })).toMatchObject([
    { kind: 'address', value: yard },
  ]);
});

test('so are they in transactions from before the fork', async () => {
  const network = 'forked';
  expect(await client.explorer.transaction({ network, hash: creation })).toMatchObject({
    created: { address: yard, contract: 'Yard', label: 'Shipyard' },
    deployment: { target: 'local' },
  });
});

test('what its upstream deploys later is not on a fork', async () => {
  const later = await deployed();
  expect(later.address).not.toBe(yard);
  const own = await client.contracts.show({ network: 'local', contract: 'yard.Yard' });
  expect(own.address).toBe(later.address);
  const contract = 'yard.Yard';
  const forked = await client.contracts.show({ network: 'forked', contract });
  expect(forked.address).toBe(yard);
});

const known = async (network: string) => {
  const { contracts } = await client.contracts.live({ target: network });
  const shown = await client.contracts.show({ network, contract: yard });
  const found = await client.explorer.find({ network, text: 'yard' });
  const { deployment } = await client.explorer.address({ network, address: yard });
  return {
    listed: contracts.map(({ name, address, deployment: { id } }) => [name, address, id]),
    shown: [shown.name, shown.deployment?.id],
    found: found.filter(({ value }) => value === yard).length,
    deployment: deployment?.id,
  };
};

test('what its upstream takes back later stays known on a fork, whatever is put in its place', async () => {
  const forks = ['forked', 'twice'];
  const before = await Promise.all(forks.map(known));
  expect(before[0]).toMatchObject({ found: 1, shown: ['Yard', expect.any(Number)] });
  const snapshots = await client.chains.snapshots({ chain: 'local' });
  const first = snapshots.toSorted((one, other) => one.id - other.id)[0];
  await client.chains.revert({ chain: 'local', snapshot: first?.id });
  expect((await client.contracts.live({ target: 'local' })).contracts).toEqual([]);
  expect(await Promise.all(forks.map(known))).toEqual(before);

  const input = { script: 'YardProxy', args: [yard] };
  const { id } = await client.deployments.start({ project: 'yard', target: 'local', input });
  for await (const _ of await client.deployments.watch({ id }));
  const [other] = (await client.contracts.live({ target: 'local' })).contracts;
  expect(other).toMatchObject({ name: 'YardProxy', address: yard });
  expect(await Promise.all(forks.map(known))).toEqual(before);
});

const UNREAD = '0x00000000000000000000000000000000000000';
const START = { call: { procedure: 'chains.start', input: { chain: 'local' } } };
const isDown = (fork: string) => ({
  code: 'RPC_UNREACHABLE',
  message: expect.stringMatching(
    new RegExp(`local, which ${fork} forks from, does not answer: [a-z ]+\\. Start local, then `),
  ),
  data: { fix: expect.objectContaining(START) },
});

test('while the upstream is stopped, what needs it says so and how to go on', async () => {
  const network = 'forked';
  await client.chains.stop({ chain: 'local' });
  const down = isDown(network);
  const shown = client.contracts.show({ network, contract: `${UNREAD}c1` });
  await expect(shown).rejects.toMatchObject(down);
  const read = { network, contract: 'yard.Yard', function: 'get(address)' };
  const asked = client.contracts.read({ ...read, arguments: [`${UNREAD}c2`] });
  await expect(asked).rejects.toMatchObject(down);
  const funded = client.chains.fund({ chain: network, address: `${UNREAD}c4`, ether: '1' });
  await expect(funded).rejects.toMatchObject({ ...down, code: 'CHAIN_CALL_FAILED' });
});

const ENDED =
  /could not read from its upstream\. local, which forked forks from, does not answer: nothing listens there\. Start local, then start forked again/;

test('a fork that ended for want of its upstream says so, and starts after it', async () => {
  const chain = 'forked';
  const call = { network: chain, contract: 'yard.Yard', function: 'berth', arguments: ['1', ''] };
  // The first block needs what the fork has not read yet, and anvil ends.
  await expect(client.contracts.send(call)).rejects.toMatchObject({
    code: 'CHAIN_NOT_RUNNING',
    message: expect.stringMatching(ENDED),
    data: { fix: expect.objectContaining(START) },
  });
  await vi.waitFor(
    async () =>
      expect(await client.chains.get({ chain })).toMatchObject({
        status: 'stopped',
        problem: expect.stringMatching(ENDED),
      }),
    30_000,
  );
  for (const asked of [
    client.contracts.read({ network: chain, contract: 'yard.Yard', function: 'fee' }),
    client.contracts.send(call),
    client.chains.fund({ chain, address: `${UNREAD}c4`, ether: '1' }),
  ]) {
    await expect(asked).rejects.toMatchObject({
      code: 'CHAIN_NOT_RUNNING',
      message: expect.stringMatching(ENDED),
      data: { fix: expect.objectContaining(START) },
    });
  }
  await expect(client.chains.start({ chain })).rejects.toMatchObject(isDown(chain));
  await client.chains.start({ chain: 'local' });
  const { forkBlock } = await client.chains.get({ chain });
  const afresh = (input: object) => ({
    fix: { call: { procedure: 'chains.restart', input: { chain, ...input } } },
  });
  // It went back before the block that the fork began at.
  await expect(client.chains.start({ chain })).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringMatching(
      new RegExp(
        `local, which forked forks from, has no block ${forkBlock}: its newest one is \\d+\\. Start forked afresh, from the newest block there`,
      ),
    ),
    data: afresh({ forkBlock: 'latest' }),
  });
  await client.chains.mine({ chain: 'local', blocks: (forkBlock ?? 0) + 1 });
  await client.chains.restart({ chain: 'local' });
  // It has the state of its newest block alone, and the fork began before that.
  await expect(client.chains.start({ chain })).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringMatching(
      /local, which forked forks from, has the state of block \d+ no more: .* Start forked afresh/,
    ),
    data: afresh({ fresh: true }),
  });
  await client.chains.restart({ chain, fresh: true });
  const { contracts } = await client.contracts.live({ target: chain });
  expect(contracts.map(({ name, address, upstream }) => [name, address, upstream])).toEqual([
    ['YardProxy', yard, 'local'],
  ]);
});

test('of another upstream its host is named, and nothing of what is secret', async () => {
  const foreign = await startAnvil();
  const url = `${foreign.url}/?key=0123456789abcdef0123456789abcdef`;
  await client.networks.save({ name: 'far', kind: 'fork', url });
  await client.chains.start({ chain: 'far' });
  await foreign[Symbol.asyncDispose]();
  const shown = client.contracts.show({ network: 'far', contract: `${UNREAD}c1` });
  const { host } = new URL(foreign.url);
  await expect(shown).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: `far needs what it has not read of its upstream yet. ${host}, which far forks from, does not answer: nothing listens there. Check your connection, or set another address for far, then try again.`,
  });
});

test.each([
  ['a script', {}],
  ['a contract', { script: 'YardProxy', args: [`${UNREAD}c5`] }],
])(
  '%s that is deployed to a fork without its upstream fails with what is missing',
  async (_, input) => {
    await using foreign = await startAnvil();
    const { host } = new URL(foreign.url);
    await client.networks.save({ name: 'far', kind: 'fork', url: foreign.url });
    await client.chains.restart({ chain: 'far', fresh: true });
    await foreign[Symbol.asyncDispose]();
    const { id } = await client.deployments.start({ project: 'yard', target: 'far', input });
    for await (const _ of await client.deployments.watch({ id }));
    expect((await client.deployments.get({ id })).failure).toMatchObject({
      code: 'RPC_UNREACHABLE',
      message: `far needs what it has not read of its upstream yet. ${host}, which far forks from, does not answer: nothing listens there. Check your connection, or set another address for far, then deploy again.`,
    });
  },
);
