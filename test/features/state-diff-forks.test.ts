import { afterAll, beforeAll, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { replayDiff, type WrittenDiff } from '#test/harness/replayed-diff.ts';

/** Adds its first two slots into the third one, and empties the fourth. */
const CODE = '0x600054600154016002556000600355';
const AT = '0x00000000000000000000000000000000000000aa';
/** Holds something in the upstream, and is not used before the second snapshot. */
const LATER = '0x00000000000000000000000000000000000000bb';
const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;

let core: TestApp;
let client: Client;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  const call = rpc(rpcUrl as string);
  for (const address of [AT, LATER]) {
    await call('anvil_setCode', [address, CODE]);
    for (const slot of [0, 1, 3]) {
      await call('anvil_setStorageAt', [address, word(slot), word(slot + 5)]);
    }
  }
  await call('anvil_setBalance', [LATER, '0x64']);
  await client.chains.mine({ chain: 'local', blocks: 3 });
  await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
});
afterAll(() => core?.[Symbol.asyncDispose]());

const forked = async () => {
  const { rpcUrl } = await client.chains.start({ chain: 'forked' });
  return rpc(rpcUrl as string);
};

async function run(to: string): Promise<void> {
  const call = await forked();
  const [from] = await call<string[]>('eth_accounts');
  const hash = await call<string>('eth_sendTransaction', [{ from, to, gas: '0x100000' }]);
  await expect.poll(() => call('eth_getTransactionReceipt', [hash])).not.toBeNull();
}

const snapshot = async () => (await client.chains.snapshot({ chain: 'forked' })).id;

async function written(before: number, after: number | 'now' = 'now'): Promise<WrittenDiff> {
  const { text } = await client.stateDiff.export({ chain: 'forked', before, after });
  return JSON.parse(text) as WrittenDiff;
}

const of = ({ accounts }: WrittenDiff, address: string) =>
  accounts.find((one) => one.address.toLowerCase() === address);

let first: number;
let second: number;

test('what was only read of the upstream does not differ, and what was written does', async () => {
  await forked();
  first = await snapshot();
  await run(AT);
  second = await snapshot();
  const found = await written(first, second);
  // Its code and two slots are in the second state alone, as they were read.
  expect(of(found, AT)).toMatchObject({
    ...{ balance: null, nonce: null, code: null },
    slots: [
      { slot: word(2), before: word(0), after: word(11) },
      { slot: word(3), before: word(8), after: word(0) },
    ],
  });
  expect(await written(second, first)).toMatchObject({
    accounts: expect.arrayContaining([
      expect.objectContaining({
        slots: [
          { slot: word(2), before: word(11), after: word(0) },
          { slot: word(3), before: word(0), after: word(8) },
        ],
      }),
    ]),
  });
});

test('the same is told of a fork that is stopped, and replaying it makes the later state', async () => {
  const running = await written(first, second);
  await client.chains.stop({ chain: 'forked' });
  expect(await written(first, second)).toEqual(running);
  const call = await forked();
  await client.chains.revert({ chain: 'forked', snapshot: first });
  await replayDiff(call, running);
  expect((await written(second)).accounts).toEqual([]);
});

test('a fork whose upstream is gone says what could not be read, and how to go on', async () => {
  await client.chains.revert({ chain: 'forked', snapshot: second });
  await run(LATER);
  const third = await snapshot();
  await client.chains.stop({ chain: 'forked' });
  await client.chains.stop({ chain: 'local' });
  await expect(written(first, third)).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringContaining('What forked forks from could not be read'),
  });
  await client.chains.start({ chain: 'local' });
  expect(of(await written(first, third), LATER)).toMatchObject({ balance: null, code: null });
});

test('states of different forks are not compared', async () => {
  await client.chains.mine({ chain: 'local', blocks: 1 });
  await client.chains.restart({ chain: 'forked', forkBlock: 4 });
  const other = await snapshot();
  await expect(written(first, other)).rejects.toMatchObject({
    code: 'STATES_UNRELATED',
    message: expect.stringContaining('from block 3'),
  });
  await expect(written(second)).rejects.toMatchObject({ code: 'STATES_UNRELATED' });
});
