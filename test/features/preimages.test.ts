import { encodeFunctionData, type Hex, pad, toHex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { hashedSlot, type StorageLayout } from '#main/eth/inside/storage-layout.ts';
import { preimagesService } from '#main/features/preimages/service.ts';
import { preimagesStore } from '#main/features/preimages/store.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';
import { freePort } from '#test/harness/ports.ts';

const WHO = '0x00000000000000000000000000000000DeaDBeef';

let chain: FollowedChain;
let project: InsideProject;
let db: Db;
let stored: string;
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Stored.sol', 'optimised', { withLayouts: true });
  db = openDb(chain.home);
  const { creation } = project.contracts.get('Stored') ?? {};
  stored = (await chain.send({ data: `0x${creation?.object as ''}` })).contractAddress;
});
afterAll(async () => {
  db?.close();
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const store = () => preimagesStore(db);

async function call(functionName: string, args: unknown[] = []): Promise<string> {
  const { abi = [] } = project.contracts.get('Stored') ?? {};
  const data: Hex = encodeFunctionData({ abi, functionName, args });
  const { hash } = await chain.send({ to: stored, data });
  await chain.recorded();
  return hash;
}

const inputs = (network = 'local') =>
  vi.waitFor(() => {
    const found = store().of(network, stored);
    expect(found.length).toBeGreaterThan(0);
    return found.map(([, input]) => input);
  });

test('what a transaction hashed to find its slots is kept with it', async () => {
  await call('maps', [WHO, 'a name']);
  const found = await inputs();
  const word = (value: Hex) => pad(value).slice(2).toLowerCase();
  const layout = project.contracts.get('Stored')?.storageLayout as StorageLayout;
  const slot = layout.storage.find(({ label }) => label === 'balances')?.slot ?? '';
  expect(found).toContain(`0x${word(WHO)}${word(toHex(BigInt(slot)))}`);
  expect(found.some((input) => input.startsWith(toHex('a name')))).toBe(true);
  // Of a nested mapping both, of which nothing lies at the first.
  expect(found.filter((input) => input.startsWith(`0x${word(WHO)}`))).toHaveLength(2);
  const count = found.length;
  await call('maps', [WHO, 'a name']);
  expect(await inputs()).toHaveLength(count);
});

test('the oldest are forgotten beyond a limit, and all with their network', async () => {
  const service = preimagesService(store(), 3);
  const of = `0x${'a1'.repeat(20)}`;
  const traced = (slot: bigint) => ({
    hashed: [[of, pad(toHex(slot))]] as const,
    touched: [[of, hashedSlot(slot).toString(16)]] as const,
  });
  for (const slot of [1n, 2n, 3n, 4n]) service.keep('elsewhere', traced(slot));
  const kept = [...service.of('elsewhere', of).values()].map(BigInt);
  expect(kept).toEqual([2n, 3n, 4n]);
  await service.forget('elsewhere');
  expect(service.of('elsewhere', of).size).toBe(0);
  const left = db.prepare('SELECT count(*) AS n FROM preimages WHERE address = ?');
  expect(left.get(Buffer.from(of.slice(2), 'hex'))).toEqual({ n: 0 });
});

test('junk that a node tells is not kept', () => {
  const service = preimagesService(store());
  const of = `0x${'a2'.repeat(20)}`;
  const hashed = [
    [of, '0x'],
    ['<b>', pad('0x1')],
    [of, `0x${'zz'.repeat(32)}`],
  ] as const;
  service.keep('elsewhere', {
    hashed,
    touched: [
      [of, 'not hex'],
      [of, 'f'.repeat(65)],
    ],
  });
  expect(service.of('elsewhere', of).size).toBe(0);
});

test('they go with their chain', async () => {
  await inputs();
  await chain.client.networks.save({ name: 'short', kind: 'local', port: await freePort() });
  const keys = store()
    .of('local', stored)
    .map(([hash, input]) => ({ address: stored, hash, input }));
  store().add('short', keys, 100);
  expect(store().of('short', stored)).toHaveLength(keys.length);
  await chain.client.networks.remove({ name: 'short' });
  await vi.waitFor(() => {
    const rows = db.prepare('SELECT count(DISTINCT network_id) AS n FROM preimages').get();
    expect(rows).toEqual({ n: 1 });
  });
});
