import { getAddress } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { addressText } from '#main/features/explorer/text.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { scriptProject } from '#test/harness/script-project.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject({
    Plain: 'vm.startBroadcast(); new C(1); new C(2); vm.stopBroadcast();',
  });
  project = (await client.projects.add({ path: fixture.folder })).id;
  await client.chains.start({ chain: 'local' });
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const BIG = '0x00000000000000000000000000000000000000bb';
const TO = '0x00000000000000000000000000000000000000aa';

const callOn = async (chain: string) => rpc((await client.chains.get({ chain })).rpcUrl as string);

/** Sends a transaction that waits for its block. */
async function send(nonce?: number): Promise<string> {
  const call = await callOn('local');
  const [from] = await call<string[]>('eth_accounts');
  const more = nonce === undefined ? {} : { nonce: `0x${nonce.toString(16)}` };
  return call<string>('eth_sendTransaction', [{ from, to: TO, value: '0x1', ...more }]);
}

const minesNow = async () => (await client.chains.get({ chain: 'local' })).mining;
const blockNow = async () => (await client.chains.get({ chain: 'local' })).blockNumber;
const deployed = async () => {
  const { id } = await client.deployments.start(
    asked({ project, target: 'local', script: 'script/Plain.s.sol' }),
  );
  for await (const _ of await client.deployments.watch({ id })) {
    // Only its end matters.
  }
  return client.deployments.get({ id });
};

test('a chain that mines by hand keeps transactions until it is told to mine', async () => {
  await client.chainControls.mining({ chain: 'local', mode: 'manual' });
  const before = await blockNow();
  const hash = await send();
  const late = await send(99);
  const { transactions, total } = await client.chainControls.pending({ chain: 'local' });
  expect(total).toBe(2);
  expect(transactions).toMatchObject([
    { hash, to: { address: expect.stringMatching(/aA$/i) }, value: '1', waits: false },
    { hash: late, nonce: '99', waits: true },
  ]);
  expect(await blockNow()).toBe(before);
  expect((await client.chains.get({ chain: 'local' })).pending).toBe(2);
  await client.chains.mine({ chain: 'local' });
  expect(await (await callOn('local'))('eth_getTransactionReceipt', [hash])).not.toBeNull();
  const left = await client.chainControls.pending({ chain: 'local' });
  expect(left.transactions.map((one) => one.hash)).toEqual([late]);
});

test('one that waits is dropped, or all of them; one that does not wait is told', async () => {
  await client.chainControls.mining({ chain: 'local', mode: 'manual' });
  await client.chainControls.drop({ chain: 'local' });
  const [first, second] = [await send(), await send(77)];
  expect(await client.chainControls.drop({ chain: 'local', hash: second })).toEqual({ dropped: 1 });
  await expect(client.chainControls.drop({ chain: 'local', hash: second })).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
  });
  const other = await send(78);
  const third = await send(79);
  await client.chainControls.drop({ chain: 'local', hash: other });
  const left = await client.chainControls.pending({ chain: 'local' });
  expect(left.transactions.map((one) => one.hash).sort()).toEqual([first, third].sort());
  expect(await client.chainControls.drop({ chain: 'local' })).toEqual({ dropped: 2 });
  expect((await client.chains.get({ chain: 'local' })).pending).toBe(0);
});

test('at an interval it makes blocks by itself', async () => {
  const { mining } = await client.chainControls.mining({
    ...{ chain: 'local', mode: 'interval', seconds: 1 },
  });
  expect(mining).toEqual({ mode: 'interval', seconds: 1 });
  const before = (await blockNow()) as number;
  await expect.poll(blockNow, { timeout: 30_000 }).toBeGreaterThan(before);
  await expect(
    client.chainControls.mining({ chain: 'local', mode: 'interval' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'seconds' } });
});

test.each([
  { mode: 'manual', seconds: null } as const,
  { mode: 'interval', seconds: 3600 } as const,
])('how a chain mines $mode outlives a restart, a kill and both ways to revert', async (mining) => {
  await client.chainControls.mining({
    ...{ chain: 'local', mode: mining.mode, seconds: mining.seconds ?? undefined },
  });
  await client.chains.snapshot({ chain: 'local', name: `with ${mining.mode}` });
  const to = { chain: 'local', snapshot: `with ${mining.mode}` };
  await client.chains.mine({ chain: 'local' });
  expect((await client.chains.revert(to)).how).toBe('live');
  expect(await minesNow()).toEqual(mining);
  await client.chains.restart({ chain: 'local' });
  expect(await minesNow()).toEqual(mining);
  expect((await client.chains.revert(to)).how).toBe('restart');
  expect(await minesNow()).toEqual(mining);
  await killChain(await client.chains.get({ chain: 'local' }));
  await vi.waitFor(async () => {
    expect((await client.chains.get({ chain: 'local' })).status).toBe('stopped');
  });
  expect(await minesNow()).toEqual(mining);
  await client.chains.start({ chain: 'local' });
  expect(await minesNow()).toEqual(mining);
});

test('a run on a chain that mines by hand is told, mines on demand, and puts it back', async () => {
  await client.chainControls.mining({ chain: 'local', mode: 'manual' });
  const mine = await send();
  const { failure, id } = await deployed();
  expect(failure).toBeNull();
  expect(await minesNow()).toEqual({ mode: 'manual', seconds: null });
  expect(JSON.stringify(await client.deployments.logs({ id }))).toMatch(/local mines by hand/);
  expect(await (await callOn('local'))('eth_getTransactionReceipt', [mine])).not.toBeNull();
}, 120_000);

test('how another program has a chain mine is left to it', async () => {
  await client.chainControls.mining({ chain: 'local', mode: 'auto' });
  const call = await callOn('local');
  await call('evm_setIntervalMining', [1]);
  expect((await deployed()).failure).toBeNull();
  expect(await call('anvil_getIntervalMining')).toBe(1);
  await call('evm_setAutomine', [true]);
}, 120_000);

test('how a stopped chain mines is chosen for its next start', async () => {
  await client.chains.stop({ chain: 'local' });
  const set = await client.chainControls.mining({ chain: 'local', mode: 'auto' });
  expect(set).toMatchObject({ status: 'stopped', mining: { mode: 'auto' } });
  await client.chainControls.mining({ chain: 'local', mode: 'manual' });
  await client.chains.start({ chain: 'local' });
  expect(await minesNow()).toEqual({ mode: 'manual', seconds: null });
});

test('base fee, gas limit, coinbase and time of the next block are set', async () => {
  await client.chainControls.mining({ chain: 'local', mode: 'auto' });
  const chain = 'local';
  const { blockTime } = await client.chains.get({ chain });
  const time = (blockTime ?? 0) + 5000;
  const { next, differs } = await client.chainControls.nextBlock({
    ...{ chain, baseFee: '20gwei', gasLimit: 40_000_000, coinbase: TO, time },
  });
  expect(next).toMatchObject({ baseFee: '20000000000', gasLimit: '40000000' });
  expect(next?.coinbase.toLowerCase()).toBe(TO);
  expect(differs).toEqual(['gas limit 40000000', expect.stringMatching(/^coinbase 0x/)]);
  await client.chains.mine({ chain });
  const block = await (await callOn(chain))('eth_getBlockByNumber', ['latest', false]);
  expect(block).toMatchObject({
    ...{ baseFeePerGas: '0x4a817c800', gasLimit: '0x2625a00', miner: TO },
    timestamp: `0x${time.toString(16)}`,
  });
});

test('a jump goes to exactly that time, and never back', async () => {
  const { blockTime } = await client.chains.get({ chain: 'local' });
  const time = (blockTime ?? 0) + 1_000_000;
  expect((await client.chainControls.jump({ chain: 'local', time })).blockTime).toBe(time);
  await expect(
    client.chainControls.jump({ chain: 'local', time: time - 10 }),
  ).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/time goes only forward/),
  });
  await client.chains.mine({ chain: 'local' });
  expect((await client.chains.get({ chain: 'local' })).blockTime).toBeGreaterThanOrEqual(time);
});

test('an account gets another balance, nonce and code, and a snapshot undoes it', async () => {
  const before = await client.chainControls.account({ chain: 'local', address: TO });
  const set = await client.chainControls.account({
    ...{ chain: 'local', address: TO, snapshot: true },
    ...{ balance: '1.5ether', nonce: '0xffff', code: '0x6001' },
  });
  expect(set).toMatchObject({ balance: '1500000000000000000', nonce: '65535', codeSize: 2 });
  await client.chains.revert({ chain: 'local', snapshot: set.snapshot?.id });
  expect(await client.chainControls.account({ chain: 'local', address: TO })).toEqual(before);
});

test('an account is also one that has a label or an index', async () => {
  await client.addressBook.set({ network: 'local', address: TO, label: 'Till' });
  const change = { chain: 'local', balance: '7' };
  const byLabel = await client.chainControls.account({ ...change, address: 'Till' });
  expect(byLabel).toMatchObject({ address: getAddress(TO), balance: '7' });
  const { accounts } = await client.accounts.list({ network: 'local' });
  const byIndex = await client.chainControls.account({ ...change, address: '3' });
  expect(byIndex).toMatchObject({ address: accounts[3]?.address, balance: '7' });
  await expect(
    client.chainControls.account({ ...change, address: 'nobody' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'address' } });
  const { next } = await client.chainControls.nextBlock({ chain: 'local', coinbase: 'Till' });
  expect(next?.coinbase.toLowerCase()).toBe(TO);
  await client.chains.mine({ chain: 'local' });
});

test.each([
  { balance: '-1' },
  { balance: `0x1${'0'.repeat(64)}` },
  { nonce: '18446744073709551615' },
  { nonce: '1.5' },
  { code: '0x123' },
  { code: 'junk' },
])('an account refuses %o', async (junk) => {
  await expect(
    client.chainControls.account({ chain: 'local', address: TO, ...junk }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a nonce that is not counted exactly is not set, and of others said to be that', async () => {
  const asked = { chain: 'local', address: BIG };
  const most = Number.MAX_SAFE_INTEGER;
  const set = await client.chainControls.account({ ...asked, nonce: `${most}` });
  expect(set.nonce).toBe(`${most}`);
  const shown = () => client.explorer.address({ network: 'local', address: BIG });
  expect(await shown()).toMatchObject({ nonce: most, stopped: false });
  const refused = client.chainControls.account({ ...asked, nonce: `${most + 1}` });
  await expect(refused).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining(`is no number from 0 to ${most}`),
    data: { field: 'nonce' },
  });
  await (await callOn('local'))('anvil_setNonce', [BIG, '0x20000000000003']);
  await client.accounts.watch({ network: 'local', account: BIG });
  const address = await shown();
  const { accounts } = await client.accounts.list({ network: 'local' });
  expect(address.nonce).toBeNull();
  expect(accounts.find((one) => one.address === getAddress(BIG))?.nonce).toBeNull();
  expect(addressText(address)).toMatch(/^nonce +more than 9007199254740991$/m);
});

test.each([{ baseFee: '1ether' }, { baseFee: 'much' }, { gasLimit: 20_999 }])(
  'the next block refuses %o',
  async (junk) => {
    await expect(client.chainControls.nextBlock({ chain: 'local', ...junk })).rejects.toMatchObject(
      { code: 'BAD_INPUT' },
    );
  },
);

test('nothing is set on a chain that a deployment has', async () => {
  const { id } = await client.deployments.start(
    asked({ project, target: 'local', script: 'script/Plain.s.sol' }),
  );
  await vi.waitFor(async () => {
    await expect(
      client.chainControls.mining({ chain: 'local', mode: 'manual' }),
    ).rejects.toMatchObject({ code: 'CHAIN_BUSY' });
  });
  await expect(
    client.chainControls.account({ chain: 'local', address: TO, balance: '1' }),
  ).rejects.toMatchObject({ code: 'CHAIN_BUSY' });
  for await (const _ of await client.deployments.watch({ id })) {
    // Only its end matters.
  }
}, 120_000);
