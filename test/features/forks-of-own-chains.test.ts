import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { yardProject } from '#test/harness/yard.ts';

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
