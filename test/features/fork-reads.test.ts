import { afterAll, beforeAll, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';

/** More than anvil has threads on any machine. */
const READS = 64;
const SLOTS = 20;
const FORK_BLOCK = 3;
const AT = '0x00000000000000000000000000000000000000aa';
const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  const call = rpc(rpcUrl as string, undefined, { batch: true });
  await call('anvil_setCode', [AT, '0x00']);
  await Promise.all(
    Array.from({ length: READS * SLOTS }, (_, slot) =>
      call('anvil_setStorageAt', [AT, word(slot), word(slot + 1)]),
    ),
  );
  await client.chains.mine({ chain: 'local', blocks: FORK_BLOCK });
  await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
  const fork = await client.chains.start({ chain: 'forked' });
  await client.chains.mine({ chain: 'forked', blocks: 2 });
  await client.networks.save({ name: 'seen', kind: 'remote', url: fork.rpcUrl as string });
});
afterAll(() => core?.[Symbol.asyncDispose]());

/** Slots that the fork has not asked its upstream for yet, by many requests at once. */
const readAll = (network: string, first: number) =>
  Promise.all(
    Array.from({ length: READS / 2 }, async (_, i) => {
      const slots = Array.from({ length: SLOTS }, (_, j) => word((first + i) * SLOTS + j));
      const read = await client.contracts.storage({
        ...{ network, contract: AT, block: FORK_BLOCK, slots },
      });
      return read.slots.map(({ word }) => Number(word));
    }),
  );

const expected = (first: number) =>
  Array.from({ length: READS / 2 }, (_, i) =>
    Array.from({ length: SLOTS }, (_, j) => (first + i) * SLOTS + j + 1),
  );

test('a fork that is read at the block it began with by many at once tells all, and goes on', async () => {
  expect(await readAll('forked', 0)).toEqual(expected(0));
  expect(await client.chains.get({ chain: 'forked' })).toMatchObject({ status: 'running' });
});

test('so does one that is known as a remote network on this machine', async () => {
  expect(await readAll('seen', READS / 2)).toEqual(expected(READS / 2));
  await client.chains.mine({ chain: 'forked', blocks: 1 });
});
