import { getAddress } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { rpc } from '#main/eth/rpc.ts';
import { pageQueries } from '#main/features/chain-index/pages-store.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';

const network = 'local';

/** Calls the address that it is given. */
const FORWARDER = '60006000600060006000600035' + '5af100';
const CREATION = `0x6f${FORWARDER}60005260106010f3` as const;

let chain: FollowedChain;
let sender: string;
let receiver: string;

beforeAll(async () => {
  chain = await FollowedChain.open();
  [sender = '', receiver = ''] = await chain.call<string[]>('eth_accounts');
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const ofAddress = (address: string, more: { before?: string; limit?: number } = {}) =>
  chain.client.explorer.addressTransactions({ network, address, ...more });

const hashesOf = ({ transactions }: { transactions: { hash: string }[] }) =>
  transactions.map(({ hash }) => hash);

const word = (address: string) => `0x${address.slice(2).padStart(64, '0')}` as const;

/** So many transfers in one block. */
async function sendTogether(count: number): Promise<string[]> {
  await chain.call('evm_setAutomine', [false]);
  const asked = { from: sender, to: receiver, gas: '0x5208', value: '0x1' };
  const hashes: string[] = [];
  for (let i = 0; i < count; i++) hashes.push(await chain.call('eth_sendTransaction', [asked]));
  await chain.call('evm_mine');
  await chain.call('evm_setAutomine', [true]);
  return hashes;
}

test('an address has what it sent and got, what created it, and where it was called', async () => {
  const target = `0x${'ab'.repeat(20)}`;
  const made = await chain.send({ data: CREATION });
  const called = await chain.send({ to: made.contractAddress, data: word(target) });
  await chain.recorded();

  expect((await ofAddress(made.contractAddress)).transactions).toMatchObject([
    { hash: called.hash, roles: ['received'] },
    { hash: made.hash, roles: ['created'] },
  ]);
  expect((await ofAddress(target)).transactions).toMatchObject([
    { hash: called.hash, roles: ['called'] },
  ]);
  expect(await ofAddress(sender, { limit: 1 })).toMatchObject({
    transactions: [{ hash: called.hash, roles: ['sent'] }],
    problem: null,
  });
  const shown = await chain.client.explorer.address({ network, address: made.contractAddress });
  expect(shown.creation).toBe(made.hash);
});

test('a block is paged in its order, as its node has it', async () => {
  const sent = await sendTogether(7);
  const newest = chain.call<{ number: string; hash: string }>('eth_getBlockByNumber', [
    ...['latest', false],
  ]);
  const { number, hash } = await newest;
  const { block } = chain.client.explorer;
  const asked = { network, block: `${Number(number)}` };
  const whole = await block(asked);
  expect(hashesOf(whole)).toEqual(sent);
  expect(whole).toMatchObject({ hash, transactionCount: 7, next: null });
  const first = await block({ ...asked, limit: 3 });
  expect([hashesOf(first), first.next]).toEqual([sent.slice(0, 3), 3]);
  const rest = await block({ network, block: hash, first: 3, limit: 5 });
  expect([hashesOf(rest), rest.next]).toEqual([sent.slice(3), null]);
  expect(await block({ ...asked, first: 90 })).toMatchObject({ transactions: [], next: null });
  // The first block of a chain is not indexed.
  expect(await block({ network, block: '0' })).toMatchObject({ transactions: [], next: null });
});

test('lists go on within a block, by places and by the count along the chain', async () => {
  const sent = (await sendTogether(5)).toReversed();
  const { transactions } = chain.client.explorer;
  const first = await transactions({ network, limit: 2 });
  expect(hashesOf(first)).toEqual(sent.slice(0, 2));
  const second = await transactions({ network, limit: 2, before: first.next ?? '' });
  expect(hashesOf(second)).toEqual(sent.slice(2, 4));
  const below = first.transactions[0]?.ordinal ?? 0;
  expect(first.total).toBe(below + 1);
  expect(hashesOf(await transactions({ network, limit: 4, below }))).toEqual(sent.slice(1));
  const page = await ofAddress(receiver, { limit: 3 });
  const rest = await ofAddress(receiver, { limit: 2, before: page.next ?? '' });
  expect([...hashesOf(page), ...hashesOf(rest)]).toEqual(sent);
});

test('hashes and addresses are found by how they begin', async () => {
  const { hash } = await chain.send({ to: receiver });
  const { blockHash } = await chain.client.explorer.transaction({ network, hash });
  const find = (text: string) => chain.client.explorer.find({ network, text });
  expect(await find(hash.slice(0, 13))).toEqual([
    { kind: 'transaction', value: hash, title: hash },
  ]);
  expect(await find(`${blockHash}`.slice(0, 12))).toMatchObject([
    { kind: 'block', value: blockHash },
  ]);
  expect(await find(receiver.slice(0, 11).toUpperCase().replace('0X', '0x'))).toMatchObject([
    { kind: 'address', value: getAddress(receiver) },
  ]);
});

test('what others have taken back is gone from every page at once', async () => {
  const [before, known] = await Promise.all([
    chain.client.explorer.transactions({ network }),
    chain.client.explorer.blocks({ network }),
  ]);
  const id = await chain.call('evm_snapshot');
  const gone = await chain.send({ data: CREATION });
  await chain.send({ to: receiver });
  await chain.recorded();
  await chain.call('evm_revert', [id]);

  expect(await chain.client.explorer.blocks({ network })).toEqual(known);
  expect(await chain.client.explorer.transactions({ network })).toEqual(before);
  expect((await ofAddress(gone.contractAddress)).transactions).toEqual([]);
  expect(await chain.client.explorer.find({ network, text: gone.hash.slice(0, 20) })).toEqual([]);

  // Up to the same height, with something else.
  const { hash } = await chain.send({ to: receiver, value: '0x7' });
  expect(hashesOf(await chain.client.explorer.transactions({ network }))).toEqual([
    hash,
    ...hashesOf(before),
  ]);
});

test('it is told that others have taken back what a chain had', async () => {
  const id = await chain.call('evm_snapshot');
  const before = Number(await chain.call<string>('eth_blockNumber'));
  await chain.send({ to: receiver });
  await chain.recorded();
  const over = new AbortController();
  const told = await chain.client.chains.watch({ chain: network }, { signal: over.signal });
  expect((await told.next()).value).toMatchObject({ blockNumber: before + 1 });
  await chain.call('evm_revert', [id]);
  for await (const { blockNumber } of told) if (blockNumber === before) break;
  over.abort();
});

test('a fork has its own transactions, and below them those of where it was forked', async () => {
  const { rpcUrl: url } = await chain.client.chains.get({ chain: network });
  const below = await chain.client.explorer.transactions({ network, limit: 200 });
  await chain.client.networks.save({ name: 'forked', kind: 'fork', url: url as string });
  const { rpcUrl } = await chain.client.chains.start({ chain: 'forked' });
  const fork = rpc(rpcUrl as string);
  const asked = { from: sender, to: receiver, gas: '0x5208' };
  const own = await fork<string>('eth_sendTransaction', [asked]);
  await vi.waitFor(async () =>
    expect(await fork('eth_getTransactionReceipt', [own])).not.toBeNull(),
  );
  const { transactions } = chain.client.explorer;
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page = await transactions({
      ...{ network: 'forked', limit: 3 },
      ...(next === null ? {} : { before: next }),
    });
    seen.push(...hashesOf(page));
    next = page.next;
  } while (next !== null);
  expect(seen).toEqual([own, ...hashesOf(below)]);
  const known = await chain.client.explorer.addressTransactions({
    ...{ network: 'forked', address: receiver },
  });
  expect(hashesOf(known)).toEqual([own]);
  expect(known.problem).toContain('the network that it was forked from');
  await chain.client.chains.stop({ chain: 'forked' });
});

test('what was sent right before a chain is restarted is recorded', async () => {
  const sent = await sendTogether(20);
  await chain.client.chains.restart({ chain: network });
  await chain.startAgain();
  for (const hash of sent) {
    const shown = await chain.client.explorer.transaction({ network, hash, trace: true });
    expect(shown).toMatchObject({ takenBack: false, trace: { type: 'CALL' } });
  }
  const listed = await chain.client.explorer.transactions({ network, limit: 20 });
  expect(hashesOf(listed)).toEqual(sent.toReversed());
});

test('a chain that is started fresh has nothing of before', async () => {
  await chain.client.chains.stop({ chain: network });
  await chain.client.chains.start({ chain: network, fresh: true });
  await chain.startAgain();
  expect(await chain.client.explorer.transactions({ network })).toMatchObject({ transactions: [] });
  const { hash } = await chain.send({ to: receiver });
  expect(await chain.client.explorer.transactions({ network })).toMatchObject({
    transactions: [{ hash, ordinal: 0 }],
    ...{ next: null, total: 1 },
  });
  expect(hashesOf(await ofAddress(sender))).toEqual([hash]);
});

test.each(Object.entries(pageQueries))('%s is read without looking through a table', (_, sql) => {
  using db = closing(openDb(chain.home));
  const values = { chain: 1, address: Buffer.alloc(20), below: 9, limit: 9, from: 9, number: 1 };
  const hashes = { first: Buffer.alloc(2), end: Buffer.alloc(3), after: Buffer.alloc(0) };
  const asked = sql.includes('?') ? ['local'] : [{ ...values, ...hashes }];
  const plan = db.db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...asked)
    .map(({ detail }) => detail);
  expect(plan.length).toBeGreaterThan(0);
  expect(plan.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
});

const closing = (db: ReturnType<typeof openDb>) => ({ db, [Symbol.dispose]: () => db.close() });
