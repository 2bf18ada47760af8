import { afterAll, beforeAll, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  // No gateway holds back what mines meanwhile.
  await client.chains.start({ chain: 'local', gateway: 'off' });
}, 120_000);
afterAll(() => core?.[Symbol.asyncDispose]());

test('a chain that goes on mining while its state is read is not reverted, and the reason is told', async () => {
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  await client.chains.snapshot({ chain: 'local', name: 'begin' });
  await client.chains.mine({ chain: 'local', blocks: 1 });
  const before = (await client.chains.snapshots({ chain: 'local' })).length;

  const end = new AbortController();
  const miner = async () => {
    while (!end.signal.aborted) await call('evm_mine', []);
  };
  const miners = Promise.all(Array.from({ length: 4 }, miner));
  await expect(client.chains.revert({ chain: 'local', snapshot: 'begin' })).rejects.toMatchObject({
    code: 'CHAIN_BUSY',
    message: expect.stringContaining('went on mining'),
  });
  end.abort();
  await miners;
  expect(await client.chains.snapshots({ chain: 'local' })).toHaveLength(before);

  const reverted = await client.chains.revert({ chain: 'local', snapshot: 'begin' });
  expect(reverted.leftBehind).not.toBeNull();
  expect((await client.chains.get({ chain: 'local' })).blockNumber).toBe(0);
});
