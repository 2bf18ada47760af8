import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { yardProject } from '#test/harness/yard.ts';

let chain: FollowedChain;
let fixture: Fixture;
let creation: string;
let proxy: string;
let own: string;
const network = 'forked';

beforeAll(async () => {
  fixture = await yardProject();
  chain = await FollowedChain.open();
  const { client } = chain;
  await client.projects.add({ path: fixture.folder, name: 'yard', kind: 'foundry' });
  const { id } = await client.deployments.start({ project: 'yard', target: 'local' });
  for await (const _ of await client.deployments.watch({ id }));
  expect((await client.deployments.get({ id })).failure).toBeNull();
  const { contracts } = await client.contracts.live({ target: 'local' });
  const found = contracts.find(({ name }) => name === 'Yard');
  proxy = contracts.find(({ name }) => name === 'YardProxy')?.address ?? '';
  creation = found?.transactionHash ?? '';
  await chain.recorded();
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  await client.networks.save({ name: network, kind: 'fork', url: rpcUrl as string });
  await client.chains.start({ chain: network });
  const call = rpc((await client.chains.get({ chain: network })).rpcUrl as string);
  const [from] = await call<string[]>('eth_accounts');
  const asked = { from, to: proxy, gas: '0x300000', data: '0xddca3f43' };
  own = await call<string>('eth_sendTransaction', [asked]);
  await vi.waitFor(async () => {
    expect(await call('eth_getTransactionReceipt', [own])).not.toBeNull();
  });
  await client.chains.mine({ chain: 'local', blocks: 2 });
}, 240_000);

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const show = (hash: string) =>
  chain.client.explorer.transaction({ network, hash, trace: true, state: true });

test('the contracts of a fork are listed with those that it began with', async () => {
  const { client } = chain;
  const { contracts, total } = await client.contracts.live({ target: network });
  const names = ['Yard', 'YardProxy', 'Twin', 'Twin'];
  expect(contracts.map(({ name }) => name)).toEqual(names);
  expect(total).toBe(4);
  for (const { upstream, deployment } of contracts) {
    expect([upstream, deployment.target]).toEqual(['local', 'local']);
  }
  const there = await client.contracts.live({ target: 'local' });
  expect(there.contracts.map(({ upstream }) => upstream)).toEqual([null, null, null, null]);
  expect((await client.contracts.live({})).total).toBe(4);
});

test('what went to the upstream after the fork began was not taken back from it', async () => {
  const { client } = chain;
  const { id } = await client.deployments.start({ project: 'yard', target: 'local' });
  for await (const _ of await client.deployments.watch({ id }));
  const { transactions } = await client.explorer.transactions({ network: 'local', limit: 1 });
  // Nor is it one of its contracts.
  expect((await client.contracts.live({ target: network })).total).toBe(4);
  await expect(show(transactions[0]?.hash ?? '')).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
    message: expect.stringMatching(/yard #2 sent it to local, and not before forked began on it/),
  });
}, 120_000);

test('a transaction from before the fork is told as it was recorded, and says what is missing', async () => {
  const { client } = chain;
  const isCreation = { created: { contract: 'Yard' }, blockNumber: 1, trace: { type: 'CREATE' } };
  await client.chains.stop({ chain: 'local' });
  const silent = await show(creation);
  expect(silent).toMatchObject(isCreation);
  await client.chains.start({ chain: 'local' });
  const forgotten = await show(creation);
  expect(forgotten).toMatchObject(isCreation);
  for (const { missing } of [silent, forgotten]) expect(missing ?? '').not.toContain('afresh');
});

test("a fork's own transaction says what its upstream would have told", async () => {
  const { client } = chain;
  await client.chains.stop({ chain: 'local' });
  const { missing, ...shown } = await show(own);
  expect(shown).toMatchObject({ hash: own, status: 'success' });
  expect(missing).toMatch(
    /may be missing: local, which forked forks from, does not answer: .* Start local, then show it again\.$/,
  );
  await client.chains.start({ chain: 'local' });
  const forgotten = await show(own);
  expect(forgotten.missing).toMatch(
    /it was started again since\. They can not be read any more\.$/,
  );
});

const isFirst =
  (wanted: string) => (one: { name: string | null; deployment: { number: number } }) =>
    one.name === wanted && one.deployment.number === 1;

const untouched = async () => {
  const { contracts } = await chain.client.contracts.live({ target: 'local' });
  return contracts.find(isFirst('Twin')) ?? { address: '', transactionHash: null };
};

/** Everything that is shown of what was there before the fork began, and of what it did since. */
async function shownParts() {
  const { client } = chain;
  const { address } = await untouched();
  const asked = (block: string) => client.explorer.block({ network, block, first: 0, limit: 10 });
  const unknown = '0x00000000000000000000000000000000000abcde';
  return {
    blocks: await Promise.all(['1', 'latest'].map(asked)),
    list: await client.explorer.transactions({ network, limit: 5 }),
    contract: await client.explorer.address({ network, address }),
    account: await client.explorer.address({ network, address: unknown }),
    detail: await client.contracts.show({ network, contract: address }),
    steps: await client.explorer.steps({ network, hash: own, limit: 5 }),
  };
}

test('blocks, addresses, contracts and steps are shown without the upstream as far as they are known', async () => {
  const { client } = chain;
  await client.chains.stop({ chain: 'local' });
  const silent = await shownParts();
  await client.chains.start({ chain: 'local' });
  const forgotten = await shownParts();
  for (const { blocks, list, contract, account, detail, steps } of [silent, forgotten]) {
    expect(blocks.map(({ number }) => number)).toEqual([1, 5]);
    expect(blocks[0]?.transactions).toMatchObject([{ created: { contract: 'Yard' } }]);
    expect(list.transactions).toMatchObject([{ hash: own }]);
    expect(contract).toMatchObject({ contract: 'Twin', balance: null });
    expect(contract.codeSize).toBeGreaterThan(0);
    expect(account).toMatchObject({ contract: null, balance: null, nonce: null, codeSize: null });
    expect(detail).toMatchObject({ name: 'Twin', balance: null, code: 'as-deployed' });
    expect(steps.count).toBeGreaterThan(0);
    for (const { missing } of [contract, account, detail]) {
      expect(missing).toContain('may be missing: local, which forked forks from,');
      expect(missing).not.toContain('afresh');
    }
  }
  expect(silent.account.missing).toMatch(/Start local, then show it again\.$/);
  expect(forgotten.account.missing).toMatch(
    /what local has now is told by "drydock address show \S+ --network local"\.$/,
  );
  expect(forgotten.detail.missing).toContain('"drydock contract show 0x');
}, 120_000);

test('what can not be told at all without the upstream says so, with a next step that helps', async () => {
  const { client } = chain;
  const contract = '0x00000000000000000000000000000000000abcdf';
  const asked = () => client.contracts.show({ network, contract }).catch(({ message }) => message);
  await client.chains.stop({ chain: 'local' });
  expect(await asked()).toMatch(/does not answer: .* Start local, then try again\.$/);
  await client.chains.start({ chain: 'local' });
  expect(await asked()).toMatch(/was not recorded: .* It can not be read any more\.$/);
});

test('a fork that does not run still has what was there before it began', async () => {
  const { client } = chain;
  await client.chains.stop({ chain: network });
  expect(await show(creation)).toMatchObject({
    ...{ created: { contract: 'Yard' }, blockNumber: 1, takenBack: false, stopped: true },
    trace: { type: 'CREATE' },
  });
  const { contracts } = await client.contracts.live({ target: 'local' });
  const { address } = contracts.find(isFirst('Yard')) ?? {};
  const shown = await client.explorer.address({ network, address: address ?? '' });
  expect(shown).toMatchObject({ contract: 'Yard', stopped: true });
  expect(shown.codeSize).toBeGreaterThan(0);
  const other = await untouched();
  const met = await client.explorer.address({ network, address: other.address });
  expect(met).toMatchObject({ contract: 'Twin', creation: null, stopped: true });
  expect(met.codeSize).toBeGreaterThan(0);
  const first = { network: 'local', block: '0', first: 0, limit: 1 };
  const { hash } = await client.explorer.block(first);
  await expect(client.explorer.block({ ...first, network, block: hash })).rejects.toMatchObject({
    code: 'CHAIN_NOT_RUNNING',
  });
  // What was sent to the upstream since is none of the fork's.
  const { transactions } = await client.explorer.transactions({ network: 'local', limit: 1 });
  expect(transactions[0]?.blockNumber).toBeGreaterThan(1);
  await expect(show(`0x${'12'.repeat(32)}`)).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
  });
});
