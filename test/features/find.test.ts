import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';

const TOKEN = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const HASH = `0xabcd${'0'.repeat(60)}`;

let core: TestApp;
let client: Client;
let db: Db;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  db = openDb(core.home);
  const vault = seedProject(db, 'vault');
  const contracts = [{ name: 'ShareToken', address: TOKEN }];
  const id = seedRun(db, vault, { live: true, contracts });
  seedRun(db, vault, { live: false, contracts: [{ name: 'GoneToken', address: OTHER }] });
  const insert = db.prepare(
    'INSERT INTO transactions (deployment_id, position, hash, data) VALUES (?, 0, ?, ?)',
  );
  insert.run(id, HASH, '{}');
  const market = seedProject(db, 'market');
  const many = Array.from({ length: 200 }, (_, i) => ({
    name: `Many${i}`,
    address: `0x${(0xdddd0000 + i).toString(16).padStart(40, 'e')}`,
  }));
  seedRun(db, market, { live: true, network: 'base', contracts: many });
});

afterAll(async () => {
  db?.close();
  await core?.[Symbol.asyncDispose]();
});

const kinds = async (text: string) =>
  (await client.find.things({ text })).map(({ kind, title }) => `${kind} ${title}`);

test('a part of a name finds it in any case; what is gone from its chain is not among contracts', async () => {
  expect(await kinds('TOKEN')).toEqual(['contract ShareToken']);
  expect(await client.find.things({ text: 'share' })).toEqual([
    {
      ...{ kind: 'contract', title: 'ShareToken', detail: 'vault #1', network: 'local' },
      ...{ id: null, value: TOKEN },
    },
  ]);
});

test('a project is found with its runs, a run by its number', async () => {
  expect((await kinds('vaul'))[0]).toBe('project vault');
  expect(await kinds('vaul')).toEqual(expect.arrayContaining(['run vault #1', 'run vault #2']));
  expect(await kinds('vault #2')).toEqual(['run vault #2']);
  expect(await kinds('#1')).toEqual(['run market #1', 'run vault #1']);
});

test('addresses and hashes are found by how they begin, labels by what is in them', async () => {
  expect(await kinds(TOKEN.slice(0, 8))).toEqual(['contract ShareToken']);
  expect(await kinds('0xabcd')).toEqual([`transaction ${HASH}`]);
  await client.addressBook.set({ address: OTHER, label: 'Treasury' });
  expect(await kinds('reasu')).toEqual(['address Treasury']);
  await client.addressBook.remove({ address: OTHER });
});

test('it answers a bounded number of rows, what is on the network in view first', async () => {
  const all = await client.find.things({ text: 'many', limit: 50 });
  expect(all).toHaveLength(20);
  expect(await client.find.things({ text: 'many', limit: 5 })).toHaveLength(5);
  const contracts = await client.find.things({ text: 'a', network: 'local' });
  expect(contracts.find(({ kind }) => kind === 'contract')?.network).toBe('local');
});

test('what means something to a database finds what is written, and nothing is no error', async () => {
  for (const text of ['', '   ', '%', '_', "'", '"', '\\', '#', '0xzz', '#999999999']) {
    expect(await kinds(text)).toEqual([]);
  }
});
