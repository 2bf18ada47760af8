import { afterAll, beforeAll, expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';

const NETWORK = 'local';
const chain = NETWORK;

let followed: FollowedChain;
beforeAll(async () => {
  followed = await FollowedChain.open();
});
afterAll(() => followed?.[Symbol.asyncDispose]());

const send = async () => (await followed.send({ to: `0x${'11'.repeat(20)}`, value: '0x1' })).hash;
const before = (hash: string) => followed.client.explorer.before({ network: NETWORK, hash });

test('the last snapshot before a transaction is found, also once a revert took it back', async () => {
  const { client } = followed;
  const none = await before(await send());
  expect(none).toMatchObject({ snapshot: null, problem: expect.stringContaining('no snapshot') });

  const first = await client.chains.snapshot({ chain, name: 'first' });
  const next = await send();
  const later = await send();
  expect(await before(next)).toMatchObject({ snapshot: { id: first.id }, isExact: true });
  expect(await before(later)).toMatchObject({ snapshot: { id: first.id }, isExact: false });

  const second = await client.chains.snapshot({ chain, name: 'second' });
  const last = await send();
  expect(await before(last)).toMatchObject({ snapshot: { id: second.id }, isExact: true });
  await followed.recorded();

  await client.chains.revert({ chain, snapshot: first.id });
  expect(await before(later)).toMatchObject({ snapshot: { id: first.id }, isExact: false });
  expect(await before(last)).toMatchObject({ snapshot: { id: second.id }, isExact: true });

  // A snapshot of what was left is of another past than what is sent now.
  const hashes = [await send(), await send(), await send(), await send()];
  const newest = await before(hashes.at(-1) ?? '');
  expect(newest).toMatchObject({ snapshot: { id: first.id }, isExact: false });
});

test('a chain that does not run tells it as it was recorded', async () => {
  const { client, call } = followed;
  const first = await client.chains.snapshot({ chain, name: 'before empty blocks' });
  await call('anvil_mine', ['0x3']);
  const hashes = [await send(), await send()];
  const shown = await Promise.all(hashes.map(before));
  expect(shown).toMatchObject([{ snapshot: { id: first.id } }, { snapshot: { id: first.id } }]);
  await followed.recorded();
  await client.chains.stop({ chain });
  expect(await Promise.all(hashes.map(before))).toEqual(shown);
  await followed.startAgain();
});

test('a transaction that waits tells where, and nothing is before it yet', async () => {
  const { call, client } = followed;
  await call('evm_setAutomine', [false]);
  const [from] = await call<string[]>('eth_accounts');
  const nonce = Number(await call('eth_getTransactionCount', [from, 'latest']));
  const ask = (number: number) => ({
    ...{ from, to: from, gas: '0x5208', value: '0x1', nonce: `0x${number.toString(16)}` },
  });
  const sending = (number: number) => call<string>('eth_sendTransaction', [ask(number)]);
  const hash = await sending(nonce);
  const second = await sending(nonce + 1);
  const held = await sending(nonce + 5);
  const show = (one: string) => client.explorer.transaction({ network: NETWORK, hash: one });
  expect((await show(hash)).waiting).toEqual({ position: 1, of: 2, problem: null });
  expect((await show(second)).waiting).toEqual({ position: 2, of: 2, problem: null });
  expect((await show(held)).waiting).toMatchObject({
    position: null,
    problem: expect.stringContaining(`nonce ${nonce + 5}`),
  });
  expect(await before(hash)).toMatchObject({
    snapshot: null,
    problem: expect.stringContaining('not mined yet'),
  });
  await client.chains.mine({ chain, blocks: 1 });
  expect(await show(hash)).toMatchObject({ status: 'success', waiting: null });
});
