import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';

const RUNS = 60;

let core: TestApp;
let client: Client;
let vault: number;

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const db = openDb(core.home);
  try {
    vault = seedProject(db, 'vault');
    for (let n = 1; n <= RUNS; n += 1) {
      const contracts = [
        { name: 'Vault', address: address(n) },
        { name: null, address: address(1000 + n) },
      ];
      seedRun(db, vault, { live: true, contracts });
    }
    seedRun(db, vault, { live: false, contracts: [{ name: 'Old', address: address(2000) }] });
    seedRun(db, vault, { live: null, contracts: [{ name: 'Unsure', address: address(2001) }] });
    seedRun(db, vault, {
      live: true,
      network: 'fork',
      contracts: [{ name: 'Forked', address: address(2002) }],
    });
    const other = seedProject(db, 'other');
    const id = seedRun(db, other, {
      live: true,
      contracts: [
        { name: 'Here', address: address(2003) },
        { name: 'Away', address: address(2004) },
      ],
    });
    db.prepare("UPDATE contracts SET elsewhere = 'fork' WHERE deployment_id = ? AND name = ?").run(
      id,
      'Away',
    );
  } finally {
    db.close();
  }
});

afterAll(() => core?.[Symbol.asyncDispose]());

test('all that a project has on a network is there, however many runs made it', async () => {
  const { contracts, total } = await client.contracts.live({ project: 'vault', target: 'local' });
  expect(total).toBe(2 * RUNS);
  expect(contracts).toHaveLength(2 * RUNS);
  expect(contracts[0]).toMatchObject({
    name: 'Vault',
    address: address(RUNS),
    nested: false,
    verified: true,
    deployment: { number: RUNS, project: { id: vault, name: 'vault' }, target: 'local' },
  });
  expect(contracts[1]).toMatchObject({ name: null, address: address(1000 + RUNS) });
  expect(contracts.at(-1)).toMatchObject({ address: address(1001), deployment: { number: 1 } });
});

test('what was reverted, is not known to be there or went elsewhere is left out', async () => {
  const names = async (input: Parameters<Client['contracts']['live']>[0]) =>
    (await client.contracts.live(input)).contracts.map(({ name }) => name);
  expect(await names({ project: 'vault', target: 'fork' })).toEqual(['Forked']);
  expect(await names({ project: 'other' })).toEqual(['Here']);
  const all = await names({});
  expect(all).toHaveLength(2 * RUNS + 2);
  for (const gone of ['Old', 'Unsure', 'Away']) expect(all).not.toContain(gone);
});

test('a limit leaves the total as it is, and a project that is not there is said', async () => {
  const some = await client.contracts.live({ target: 'local', limit: 3 });
  expect(some.contracts).toHaveLength(3);
  expect(some.total).toBe(2 * RUNS + 1);
  await expect(client.contracts.live({ project: 'nobody' })).rejects.toMatchObject({
    code: 'PROJECT_NOT_FOUND',
  });
});

test('the list of deployments can be of those in place alone', async () => {
  const listed = await client.deployments.list({ project: 'vault', live: true, limit: 500 });
  expect(listed.total).toBe(RUNS + 1);
  expect(listed.items.every(({ live }) => live === true)).toBe(true);
  const gone = await client.deployments.list({ project: 'vault', live: false });
  expect(gone.items.map(({ live }) => live)).toEqual([false]);
});
