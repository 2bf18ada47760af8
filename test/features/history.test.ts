import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { parseQuery } from '#main/features/history/query.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, type DoorName, doorNames, openDoor } from '#test/harness/doors.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

let core: TestApp;
let client: Client;
let db: Db;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  db = openDb(core.home);
});

afterAll(async () => {
  db?.close();
  await core?.[Symbol.asyncDispose]();
});

const ids = (items: { id: number }[]) => items.map((item) => item.id);

async function everyPage(filter: Parameters<Client['history']['list']>[0], limit: number) {
  const found: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await client.history.list({ ...filter, before, limit, count: false });
    found.push(...ids(page.items));
    if (page.next === null) return found;
    before = page.next;
  }
}

async function found(text: string, filter: object = {}) {
  const { hits } = await client.history.search({ text, limit: 100, ...filter });
  return ids(hits.map((hit) => hit.deployment));
}

describe('the list', () => {
  const made: { id: number; project: number; network: string; status: string; branch: string }[] =
    [];
  let project: number;
  let other: number;

  beforeAll(() => {
    project = seedProject(db, 'listed');
    other = seedProject(db, 'other');
    for (let i = 0; i < 240; i++) {
      const run = {
        project: i % 3 === 0 ? other : project,
        network: i % 4 === 0 ? 'base' : 'local',
        status: i % 5 === 0 ? 'failed' : i % 7 === 0 ? 'cancelled' : 'succeeded',
        branch: i % 2 === 0 ? 'main' : 'feature/x',
        commit: `${(i % 16).toString(16)}b${'0'.repeat(38)}`,
        live: i % 6 === 0,
        trigger: i % 10 === 0 ? 'retry' : 'manual',
        createdAt: 1_700_000_000_000 + i * 1000,
      };
      made.push({ ...run, id: seedRun(db, run.project, run) });
    }
  });

  const expected = (fits: (run: (typeof made)[number]) => boolean) =>
    made
      .filter(fits)
      .map((run) => run.id)
      .reverse();

  test('filters alone and together, each page from where the last one ended', async () => {
    expect(await everyPage({ project: 'listed' }, 7)).toEqual(
      expected((run) => run.project === project),
    );
    expect(
      await everyPage(
        { project: 'listed', target: 'base', status: ['failed', 'cancelled'], branch: 'main' },
        3,
      ),
    ).toEqual(
      expected(
        (run) =>
          run.project === project &&
          run.network === 'base' &&
          run.status !== 'succeeded' &&
          run.branch === 'main',
      ),
    );
    const gone = made
      .filter((run, i) => run.project === other && run.status === 'succeeded' && i % 6 !== 0)
      .map((run) => run.id)
      .reverse();
    const reverted = { project: 'other', status: ['reverted' as const] };
    expect(await everyPage(reverted, 7)).toEqual(gone);
    expect((await client.history.list(reverted)).count).toEqual({ n: gone.length, exact: true });
    expect(await everyPage({ project: 'other', status: ['failed', 'reverted'] }, 7)).toEqual(
      expected(
        (run) => gone.includes(run.id) || (run.project === other && run.status === 'failed'),
      ),
    );
    expect(await everyPage({ commit: '3B' }, 4)).toEqual(
      made
        .filter((_, i) => i % 16 === 3)
        .map((run) => run.id)
        .reverse(),
    );
    expect(await everyPage({ trigger: 'retry', live: true, project: 'other' }, 50)).toEqual(
      made
        .filter((run, i) => i % 30 === 0 && run.project === other)
        .map((run) => run.id)
        .reverse(),
    );
    const from = 1_700_000_000_000 + 100_000;
    expect(await everyPage({ from, to: from + 5000 }, 2)).toEqual(
      made
        .slice(100, 105)
        .map((run) => run.id)
        .reverse(),
    );
    expect(await everyPage({ commit: 'ffff' }, 4)).toEqual([]);
  });

  test('walks upwards with `after`, still newest first', async () => {
    const all = expected((run) => run.project === project);
    const oldest = all.at(-1) as number;
    const { items, next } = await client.history.list({
      project,
      after: oldest,
      limit: 5,
    });
    expect(ids(items)).toEqual(all.slice(-6, -1));
    const rest = await client.history.list({ project, after: next as number, limit: 5 });
    expect(ids(rest.items)).toEqual(all.slice(-11, -6));
  });

  test('a page stays the same when something is added in front of it', async () => {
    const first = await client.history.list({ project, limit: 10 });
    const before = first.next as number;
    const second = await client.history.list({ project, before, limit: 10 });
    seedRun(db, project, { status: 'cancelled' });
    expect(await client.history.list({ project, before, limit: 10, count: false })).toEqual({
      ...second,
      count: null,
    });
    db.prepare('DELETE FROM deployments WHERE id = (SELECT max(id) FROM deployments)').run();
  });

  test('counts follow every change, exactly', async () => {
    const count = async (filter: object) =>
      (await client.history.list({ ...filter, limit: 1 })).count;
    const failed = expected((run) => run.project === project && run.status === 'failed').length;
    expect(await count({ project, status: ['failed'] })).toEqual({ n: failed, exact: true });
    const id = seedRun(db, project, { status: 'failed' });
    expect(await count({ project, status: ['failed'] })).toEqual({ n: failed + 1, exact: true });
    db.prepare("UPDATE deployments SET status = 'cancelled' WHERE id = ?").run(id);
    expect(await count({ project, status: ['failed'] })).toEqual({ n: failed, exact: true });
    db.prepare('DELETE FROM deployments WHERE id = ?').run(id);
    const all = db.prepare('SELECT count(*) AS n FROM deployments').get() as { n: number };
    expect(await count({})).toEqual({ n: all.n, exact: true });
    expect(await count({ branch: 'main' })).toEqual({
      n: expected((run) => run.branch === 'main').length,
      exact: true,
    });
  });

  test('pins, notes and tags are kept, shown, filtered by and found', async () => {
    const [a, b] = [made[1]?.id as number, made[2]?.id as number];
    expect(await client.history.pin({ id: a })).toMatchObject({ pinned: true, note: '', tags: [] });
    await client.history.tag({ id: a, add: ['release', 'audited'] });
    await client.history.tag({ id: b, add: ['release'] });
    const noted = await client.history.note({ id: b, note: ' the one before ZephyrMigration ' });
    expect(noted).toMatchObject({ note: 'the one before ZephyrMigration', pinned: false });
    expect((await client.history.get({ id: a })).tags).toEqual(['audited', 'release']);
    expect(await everyPage({ tag: 'release' }, 1)).toEqual([b, a]);
    expect(await everyPage({ pinned: true }, 10)).toEqual([a]);
    expect(await everyPage({ pinned: false, tag: 'release' }, 10)).toEqual([b]);
    expect((await client.history.options()).tags).toEqual([
      { tag: 'audited', count: 1 },
      { tag: 'release', count: 2 },
    ]);
    expect(await found('zephyr')).toEqual([b]);
    await client.history.tag({ id: a, remove: ['audited'] });
    await client.history.note({ id: b, note: '' });
    expect(await found('zephyr')).toEqual([]);
    expect((await client.history.get({ id: a })).tags).toEqual(['release']);
    await expect(client.history.pin({ id: 1e9 })).rejects.toMatchObject({
      code: 'DEPLOYMENT_NOT_FOUND',
    });
  });
});

describe('the search', () => {
  let project: number;
  const address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
  let factory: number;
  let reverted: number;

  beforeAll(() => {
    project = seedProject(db, 'searched');
    factory = seedRun(db, project, {
      log: [
        'Compiling 41 files with Solc 0.8.30',
        '\u001b[32mpair: contract UniswapV2Pair\u001b[0m at 0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
      ],
      contracts: [{ name: 'TokenVaultFactory', address }],
    });
    reverted = seedRun(db, project, {
      status: 'failed',
      branch: 'größe',
      log: [
        'Compiling 41 files with Solc 0.8.30',
        'Error: execution reverted: Vault: caller is "not" the owner (code=3, 100% sure)',
        '合约部署失败',
      ],
    });
  });

  test.each([
    ['an address by its beginning', '0x5fbdb', () => [factory]],
    ['an address without 0x', '5FbDB2315678afecb367f032d93F642f64180aa3', () => [factory]],
    ['a contract inside its camelCase', 'vault', () => [reverted, factory]],
    ['humps and digits', 'V2Pair', () => [factory]],
    ['a word of the log by its beginning', 'compil', () => [reverted, factory]],
    ['words that are on different lines', 'solc owner', () => [reverted]],
    ['a phrase', '"execution reverted: Vault"', () => [reverted]],
    ['a phrase that is not there', '"reverted execution"', () => []],
    ['quotes, brackets and signs', '"not" (code=3, 100%', () => [reverted]],
    ['accents in any case', 'GRÖ', () => [reverted]],
    ['Chinese', '部署失', () => [reverted]],
    ['the project and the script', 'searched deploy.s.sol:deploy', () => [reverted, factory]],
    ['what is nowhere', '0xdeadbeef', () => []],
    ['the end of a word', 'ault', () => []],
  ])('finds %s', async (_, text, expected) => {
    expect(await found(text, { project })).toEqual(expected());
  });

  test('says where: the line, its place in the journal, what to mark', async () => {
    const { hits } = await client.history.search({ text: 'v2pair 0xe7f1', project });
    expect(hits).toHaveLength(1);
    const { seq, where, snippet, marks } = hits[0] as (typeof hits)[number];
    expect({ seq, where }).toEqual({ seq: 2, where: 'log' });
    expect(snippet).not.toContain('\u001b');
    expect(marks.map(([from, to]) => snippet.slice(from, to))).toEqual(['V2Pair', '0xe7f1']);
    const record = (await client.history.search({ text: 'TokenVaultFactory', project })).hits[0];
    expect(record).toMatchObject({ seq: null, where: 'record' });
    expect(record?.snippet).toContain(address);
  });

  test('keeps to the filters, and pages without gaps or repeats', async () => {
    expect(await found('compiling', { project, status: ['failed'] })).toEqual([reverted]);
    const many = seedProject(db, 'many');
    const made = Array.from({ length: 45 }, (_, i) =>
      seedRun(db, many, { log: [`marker-${i} quixotic`], network: i % 9 === 0 ? 'base' : 'local' }),
    );
    const all: number[] = [];
    for (let cursor: number | undefined; ; ) {
      const page = await client.history.search({ text: 'quixotic', limit: 4, cursor });
      all.push(...ids(page.hits.map((hit) => hit.deployment)));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(all).toEqual(made.toReversed());
    expect(await found('quixotic', { target: 'base', project: many })).toHaveLength(5);
  });

  test('finds the line in a log of many parts', async () => {
    const log = Array.from({ length: 9000 }, (_, i) => `step ${i} of the long one`);
    log[6543] = 'the needle Haystack77 is here';
    const own = seedProject(db, 'many parts');
    const id = seedRun(db, own, { log });
    const { hits } = await client.history.search({ text: 'haystack77', project: own });
    expect(hits).toMatchObject([{ deployment: { id }, seq: 6544 }]);
    // One hit for the deployment, although four of its parts have the word.
    expect(await found('"long one"', { project: own })).toEqual([id]);
  });

  test('a deployment that goes takes its words with it', async () => {
    const id = seedRun(db, project, { log: ['ephemeralword'] });
    expect(await found('ephemeralword')).toEqual([id]);
    db.prepare('DELETE FROM deployments WHERE id = ?').run(id);
    expect(await found('ephemeralword')).toEqual([]);
    const rows = db
      .prepare('SELECT rowid FROM deployment_search WHERE deployment_search MATCH ?')
      .all('"ephemeralword"');
    expect(rows).toEqual([]);
  });

  test('nothing that can be typed is an error, and each word of a line finds it', async () => {
    const page = await client.history.search({ text: ' *** "" ' });
    expect(page).toMatchObject({ hits: [], next: null });
    expect(page.problem).toContain('at least one letter or digit');
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.constantFrom('"', '*', '-', 'OR', 'NEAR(', ')', ':', '^', 'a', "'", ';', '\0'))
        .map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        await client.history.search({ text: text.slice(0, 500), limit: 3 });
      }),
      { seed, numRuns: rounds(300, 10_000) },
    );
    const words = fc
      .array(fc.stringMatching(/^[A-Za-z0-9À-ž_.:/(-]{1,20}$/), { minLength: 1, maxLength: 5 })
      .filter((list) => parseQuery(list.join(' ')) !== null);
    await fc.assert(
      fc.asyncProperty(words, async (list) => {
        const id = seedRun(db, project, { log: [list.join(' ')] });
        for (const word of list) {
          if (parseQuery(word) === null) continue;
          const { hits } = await client.history.search({ text: word, limit: 1, project });
          expect(hits[0]?.deployment.id, word).toBe(id);
        }
        db.prepare('DELETE FROM deployments WHERE id = ?').run(id);
      }),
      { seed, numRuns: rounds(60, 2000) },
    );
  });
});

test('a core that stays indexes by itself, what was left over too', async () => {
  await using staying = await openTestApp({ follow: true });
  const second = openDb(staying.home);
  try {
    const project = seedProject(second, 'background');
    const id = seedRun(second, project, { log: ['SerendipityMarker'] });
    const { client: caller } = await openDoor('in-process', staying.app);
    // Any change wakes it; what another core wrote is found as well.
    await caller.history.pin({ id });
    for (let tries = 0; tries < 200; tries++) {
      const { hits, unindexed } = await caller.history.search({ text: 'serendipity' });
      if (hits.length === 1) {
        expect(hits[0]?.deployment.id).toBe(id);
        expect(unindexed).toBe(0);
        return;
      }
      await sleep(25);
    }
    expect.unreachable('it was never indexed');
  } finally {
    second.close();
  }
});

describe.each(doorNames)('through the door: %s', (name: DoorName) => {
  test('lists, searches, and hands over the log as a file', async () => {
    await using door = await openDoor(name, core.app);
    const project = seedProject(db, `door ${name}`);
    const id = seedRun(db, project, {
      status: 'failed',
      log: ['\u001b[31mred\u001b[0m word', 'second'],
    });
    const line = db.prepare(
      'INSERT INTO journal (deployment_id, seq, at, type, data) VALUES (?, ?, ?, ?, ?)',
    );
    line.run(id, 3, 1_700_000_000_000, 'stderr', 'oops');
    const command = JSON.stringify({ command: 'forge script' });
    line.run(id, 4, 1_700_000_000_001, 'command', command);
    const { items, count } = await door.client.history.list({
      project,
      status: ['failed', 'cancelled'],
      limit: 5,
    });
    expect(ids(items)).toEqual([id]);
    expect(count).toEqual({ n: 1, exact: true });
    const whole = await door.client.history.log({ id });
    expect(whole.name).toBe(`door-${name.replaceAll(' ', '-')}-1.log`);
    expect(await whole.text()).toBe('red word\nsecond\noops\n$ forge script\n');
    const errors = await door.client.history.log({ id, stream: 'stderr', timestamps: true });
    expect(await errors.text()).toBe('2023-11-14T22:13:20.000Z oops\n');
    const coloured = await door.client.history.log({ id, stream: 'stdout', ansi: true });
    expect(await coloured.text()).toBe('\u001b[31mred\u001b[0m word\nsecond\n');
    const { hits } = await door.client.history.search({ text: 'red word', project });
    expect(hits).toMatchObject([{ seq: 1, where: 'log' }]);
  });
});
