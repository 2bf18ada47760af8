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

test('a fork that does not run still has what was there before it began', async () => {
  const { client } = chain;
  await client.chains.stop({ chain: network });
  expect(await show(creation)).toMatchObject({
    ...{ created: { contract: 'Yard' }, blockNumber: 1, takenBack: false, stopped: true },
    trace: { type: 'CREATE' },
  });
  const { contracts } = await client.contracts.live({ target: 'local' });
  const { address } = contracts.find(({ name }) => name === 'Yard') ?? {};
  const shown = await client.explorer.address({ network, address: address ?? '' });
  expect(shown).toMatchObject({ contract: 'Yard', stopped: true });
  expect(shown.codeSize).toBeGreaterThan(0);
  // What was sent to the upstream since is none of the fork's.
  const { transactions } = await client.explorer.transactions({ network: 'local', limit: 1 });
  expect(transactions[0]?.blockNumber).toBeGreaterThan(1);
  await expect(show(`0x${'12'.repeat(32)}`)).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
  });
});
