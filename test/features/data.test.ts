import {
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { backupName, backupPath } from '#main/db/backup-files.ts';
import { checkpointsOf } from '#main/db/checkpoints.ts';
import { type Db, openDb } from '#main/db/open.ts';
import { backupsService } from '#main/features/backups/service.ts';
import { defaultRetention } from '#main/features/data/contract.ts';
import type { ChainFiles } from '#main/features/data/dependencies.ts';
import { databaseChecksFor } from '#main/features/data/doctor-checks.ts';
import { housekeeping } from '#main/features/data/housekeeping.ts';
import { beyond } from '#main/features/data/selection.ts';
import { dataService } from '#main/features/data/service.ts';
import { dataStore } from '#main/features/data/store.ts';
import { searchStore } from '#main/features/history/search-store.ts';
import { DataKey } from '#main/lib/secrets/data-key.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const DAY = 86_400_000;
const MIB = 2 ** 20;
const logger = pino({ level: 'silent' });

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function setUp() {
  const folder = await temporaryFolder();
  const home = folder.path;
  const db = openDb(home);
  const changed = () => undefined;
  const checkpoints = checkpointsOf(db);
  const backups = backupsService({ home, logger, changed, beside: checkpoints.paused });
  const chains: ChainFiles[] = [];
  const removed: number[] = [];
  let asked: (() => void) | undefined;
  const onceAsked = (then: () => void) => {
    asked = then;
  };
  const store = dataStore(db);
  const data = dataService({
    home,
    isPresent: () => true,
    key: new DataKey(home),
    unreadableSecrets: () => ({
      chains: [],
      networks: [],
      webhooks: [],
      abiSources: [],
      keys: [],
      variables: [],
    }),
    store,
    logger,
    changed,
    checkpoints,
    backups,
    chains: async () => {
      const now = chains.map((chain) => ({ ...chain }));
      asked?.();
      return now;
    },
    removeSnapshot: async (_chain, id) => removed.push(id),
    traces: {
      beyond: () => ({ transactions: 0, bytes: 0 }),
      prune: async () => ({ transactions: 0, bytes: 0 }),
    },
    logRemoved: searchStore(db).indexAnew,
  });
  cleanups.push(async () => {
    await data.close();
    await backups.close();
    db.close();
    await folder[Symbol.asyncDispose]();
  });
  for (const id of [1, 2]) {
    db.prepare(
      `INSERT INTO projects (id, name, path, kind, added_at) VALUES (?, ?, ?, 'foundry', 0)`,
    ).run(id, `project ${id}`, `/project-${id}`);
  }
  return { home, db, data, backups, chains, onceAsked, removed, store };
}

interface Run {
  project?: number;
  ageDays: number;
  lines?: number;
  live?: 1 | null;
  ended?: boolean;
  pinned?: boolean;
}

let number = 0;

/** A run with a log, and events before, between and after its lines. */
function addRun(db: Db, run: Run): number {
  return db.transaction(() => insertRun(db, run))();
}

function insertRun(db: Db, { project = 1, ageDays, lines = 10, live, ended = true, pinned }: Run) {
  const at = Date.now() - ageDays * DAY;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO deployments (number, project_id, target, status, live, created_at, ended_at, phases)
       VALUES (?, ?, 'local', ?, ?, ?, ?, '[]')`,
    )
    .run(++number, project, ended ? 'succeeded' : 'running', live ?? null, at, ended ? at : null);
  const id = Number(lastInsertRowid);
  const line = db.prepare(
    'INSERT INTO journal (deployment_id, seq, at, type, data) VALUES (?, ?, ?, ?, ?)',
  );
  line.run(id, 1, at, 'status', '{"status":"queued"}');
  for (let i = 0; i < lines; i++) {
    line.run(id, i + 2, at, i % 2 === 0 ? 'stdout' : 'stderr', `${i} `.padEnd(100, 'x'));
  }
  line.run(id, lines + 2, at, 'status', '{"status":"succeeded"}');
  if (pinned) {
    db.prepare('INSERT INTO deployment_notes (deployment_id, pinned) VALUES (?, 1)').run(id);
  }
  return id;
}

const journal = (db: Db, id: number) =>
  db
    .prepare('SELECT seq, type, data FROM journal WHERE deployment_id = ? ORDER BY seq')
    .all(id) as {
    seq: number;
    type: string;
    data: string;
  }[];

test('limits of age, count and size choose the oldest, and spare what is safe', () => {
  const now = 1000 * DAY;
  const item = (name: string, days: number, bytes = 1, group = 'a') => ({
    name,
    at: now - days * DAY,
    bytes,
    group,
  });
  const names = (
    items: ReturnType<typeof item>[],
    limits: { days?: number; count?: number; bytes?: number },
    safe: string[] = [],
  ) =>
    beyond(
      items,
      { days: limits.days ?? null, count: limits.count ?? null, bytes: limits.bytes ?? null },
      { now, group: (i) => i.group, isSafe: (i) => safe.includes(i.name) },
    ).map((i) => i.name);
  const four = [item('b', 2), item('d', 4), item('a', 1), item('c', 3)];
  expect(names(four, {})).toEqual([]);
  expect(names(four, { days: 2.5 })).toEqual(['d', 'c']);
  expect(names(four, { count: 3 })).toEqual(['d']);
  expect(names(four, { bytes: 2 })).toEqual(['d', 'c']);
  expect(names(four, { bytes: 0 }, ['d', 'a'])).toEqual(['c', 'b']);
  expect(names(four, { days: 2.5 }, ['d'])).toEqual(['c']);
  const groups = [item('a1', 1), item('a2', 2), item('b1', 9, 1, 'b'), item('b2', 10, 1, 'b')];
  expect(names(groups, { count: 1 })).toEqual(['b2', 'a2']);
  // What age takes away makes room first.
  expect(names([item('old', 9, 50), item('new', 1, 50)], { days: 5, bytes: 60 })).toEqual(['old']);
});

test('old logs go, their records and events stay, and the log says so', async () => {
  const { db, data } = await setUp();
  const old = addRun(db, { ageDays: 400, lines: 3000 });
  const pinned = addRun(db, { ageDays: 400, pinned: true });
  const live = addRun(db, { ageDays: 400, live: 1 });
  const unfinished = addRun(db, { ageDays: 400, ended: false });
  const other = addRun(db, { project: 2, ageDays: 400 });
  for (let i = 0; i < 20; i++) addRun(db, { ageDays: 1 });
  const kept = [pinned, live, unfinished, other];
  const before = kept.map((id) => journal(db, id));

  const plan = await data.prune(true);
  expect(plan).toMatchObject({ dryRun: true, logs: { runs: 1, lines: 3000, bytes: 300_000 } });
  expect(journal(db, old)).toHaveLength(3002);

  const result = await data.prune(false);
  expect(result).toEqual({ ...plan, dryRun: false });
  const left = journal(db, old);
  expect(left.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'status'],
    [2, 'drydock'],
    [3002, 'status'],
  ]);
  expect(left[1]?.data).toMatch(/^The log of this run was deleted on .* Its records are kept\.$/);
  expect(db.prepare('SELECT status FROM deployments WHERE id = ?').get(old)).toEqual({
    status: 'succeeded',
  });
  expect(kept.map((id) => journal(db, id))).toEqual(before);
  expect((await data.prune(true)).logs.runs).toBe(0);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});

test('logs beyond the size go, the oldest first, and the file gets smaller', async () => {
  const { home, db, data } = await setUp();
  const large = [9, 8, 7].map((ageDays) => addRun(db, { ageDays, lines: 20_000 }));
  const small = Array.from({ length: 20 }, () => addRun(db, { ageDays: 1, lines: 100 }));
  const size = () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return statSync(path.join(home, 'drydock.db')).size;
  };
  const before = size();
  data.setRetention({ logBytes: 3 * MIB });
  const result = await data.prune(false);
  expect(result.logs).toEqual({ runs: 2, lines: 40_000, bytes: 4_000_000 });
  expect(large.map((id) => journal(db, id).length)).toEqual([3, 3, 20_002]);
  expect(small.every((id) => journal(db, id).length === 102)).toBe(true);
  // Some pages stay for what comes next.
  data.setRetention({ logBytes: MIB });
  expect((await data.prune(false)).logs.runs).toBe(1);
  expect(before - size()).toBeGreaterThan(1_500_000);
  expect((await data.stats()).database.freeBytes).toBeLessThanOrEqual(1000 * 4096);
});

test('the words of a deleted log are indexed again', async () => {
  const { db, data } = await setUp();
  const old = addRun(db, { ageDays: 400 });
  for (let i = 0; i < 20; i++) addRun(db, { ageDays: 1 });
  db.prepare('DELETE FROM deployment_unindexed').run();
  db.prepare('INSERT INTO deployment_indexed (deployment_id, part_lines) VALUES (?, 100)').run(old);
  await data.prune(false);
  expect(db.prepare('SELECT * FROM deployment_indexed').all()).toEqual([]);
  expect(db.prepare('SELECT * FROM deployment_unindexed').all()).toEqual([{ deployment_id: old }]);
});

function addChain(
  home: string,
  chains: ChainFiles[],
  name: string,
  snapshots: {
    id: number;
    ageDays: number;
    automatic?: boolean;
    pinned?: boolean;
    current?: boolean;
  }[],
  running = false,
): ChainFiles {
  const folder = path.join(home, 'chains', name);
  mkdirSync(path.join(folder, 'snapshots'), { recursive: true });
  mkdirSync(path.join(folder, 'cache', 'old', 'deep'), { recursive: true });
  mkdirSync(path.join(folder, 'cache', 'new'), { recursive: true });
  writeFileSync(path.join(folder, 'cache', 'old', 'deep', 'state'), Buffer.alloc(5000));
  writeFileSync(path.join(folder, 'cache', 'new', 'state'), Buffer.alloc(300));
  const longAgo = new Date(Date.now() - 30 * DAY);
  utimesSync(path.join(folder, 'cache', 'old'), longAgo, longAgo);
  writeFileSync(path.join(folder, 'state.json'), Buffer.alloc(700));
  const chain: ChainFiles = {
    name,
    running,
    folder,
    snapshots: snapshots.map(
      ({ id, ageDays, automatic = true, pinned = false, current = false }) => {
        const file = path.join(folder, 'snapshots', `${id}.json`);
        writeFileSync(file, Buffer.alloc(1000));
        return {
          id,
          name: `snapshot ${id}`,
          automatic,
          pinned,
          current,
          createdAt: Date.now() - ageDays * DAY,
          file,
        };
      },
    ),
  };
  chains.push(chain);
  return chain;
}

test('automatic snapshots go by age and count; named, pinned, current and needed ones never', async () => {
  const { home, db, data, chains, removed } = await setUp();
  const needed = addRun(db, { ageDays: 300, live: 1 });
  const unneeded = addRun(db, { ageDays: 300 });
  addChain(home, chains, 'local', [
    { id: 1, ageDays: 400 },
    { id: 2, ageDays: 400, automatic: false },
    { id: 3, ageDays: 400, current: true },
    { id: 4, ageDays: 400 },
    { id: 7, ageDays: 400, pinned: true },
    { id: 5, ageDays: 3 },
    { id: 6, ageDays: 2 },
  ]);
  for (const id of [1, 2, 3, 4]) {
    db.prepare(
      `INSERT INTO snapshots (id, chain, name, automatic, block_number, block_hash, created_at)
       VALUES (?, 'local', ?, 1, 0, '0x', 0)`,
    ).run(id, `snapshot ${id}`);
  }
  db.prepare('UPDATE deployments SET snapshot_id = 4 WHERE id = ?').run(needed);
  db.prepare('UPDATE deployments SET snapshot_id = 1 WHERE id = ?').run(unneeded);

  expect((await data.prune(true)).snapshots).toEqual([
    { chain: 'local', id: 1, name: 'snapshot 1', bytes: 1000 },
  ]);
  data.setRetention({ snapshotCount: 1 });
  await data.prune(false);
  expect(removed).toEqual([1, 5]);
});

test('caches of stopped chains go when they are old, and nothing else of a chain', async () => {
  const { home, data, chains } = await setUp();
  const stopped = addChain(home, chains, 'stopped', []);
  const running = addChain(home, chains, 'running', [], true);
  expect((await data.prune(true)).caches).toEqual([{ chain: 'stopped', bytes: 5000 }]);
  expect(existsSync(path.join(stopped.folder, 'cache', 'old'))).toBe(true);

  expect((await data.prune(false)).bytes).toBe(5000);
  const has = (chain: ChainFiles, ...entry: string[]) =>
    existsSync(path.join(chain.folder, ...entry));
  expect(has(stopped, 'cache', 'old')).toBe(false);
  expect(has(stopped, 'cache', 'new', 'state')).toBe(true);
  expect(has(stopped, 'state.json')).toBe(true);
  expect(has(running, 'cache', 'old', 'deep', 'state')).toBe(true);
  data.setRetention({ cacheDays: null });
  expect((await data.prune(true)).caches).toEqual([]);
});

test('daily backups go beyond their count; the newest and those on demand never', async () => {
  const { home, data, backups } = await setUp();
  mkdirSync(path.join(home, 'backups'));
  const add = (ageDays: number, kind: 'daily' | 'manual') => {
    const name = backupName(Date.now() - ageDays * DAY, kind, 1);
    writeFileSync(backupPath(home, name), 'a backup');
    return name;
  };
  const manual = add(500, 'manual');
  const daily = [5, 4, 3, 2, 1].map((days) => add(days, 'daily'));
  data.setRetention({ backupCount: 2 });
  const result = await data.prune(false);
  expect(result.backups.map((b) => b.name)).toEqual(daily.slice(0, 3));
  expect(backups.list().items.map((b) => b.name)).toEqual([daily[4], daily[3], manual]);

  data.setRetention({ backupDays: 1, backupBytes: MIB });
  await backups.remove(manual);
  for (const name of daily.slice(3)) await backups.remove(name);
  const only = add(30, 'daily');
  await data.prune(false);
  expect(backups.list().items.map((b) => b.name)).toEqual([only]);
});

test('one thing that can not be deleted does not keep the others', async () => {
  const { home, db, data, chains, onceAsked } = await setUp();
  addChain(home, chains, 'local', []);
  const old = addRun(db, { ageDays: 400 });
  for (let i = 0; i < 20; i++) addRun(db, { ageDays: 1 });
  const [chain] = chains as [ChainFiles];
  // It starts between the plan and the deed.
  onceAsked(() => {
    chain.running = true;
  });
  const result = await data.prune(false);
  expect(result.caches).toEqual([]);
  expect(result.problems).toEqual(['The chain local was started meanwhile.']);
  expect(result.logs.runs).toBe(1);
  expect(journal(db, old)).toHaveLength(3);
});

test('settings have generous defaults, are kept, and refuse nonsense', async () => {
  const { data } = await setUp();
  expect(data.retention()).toEqual(defaultRetention);
  expect(data.setRetention({ logDays: null, backupCount: 3 })).toEqual({
    ...defaultRetention,
    logDays: null,
    backupCount: 3,
  });
  expect(data.retention()).toMatchObject({ logDays: null, backupCount: 3 });
});

test('the numbers add up', async () => {
  const { home, db, data, chains, backups } = await setUp();
  const runs = 3;
  for (let i = 0; i < runs; i++) addRun(db, { ageDays: 1, lines: 1000 });
  addChain(home, chains, 'local', [{ id: 1, ageDays: 1 }]);
  await backups.create('manual');
  const stats = await data.stats();
  const table = (name: string) => stats.database.tables.find((t) => t.name === name);
  expect(table('journal')).toMatchObject({ feature: 'logs', rows: runs * 1002 });
  expect(table('journal')?.bytes).toBeGreaterThan(runs * 1000 * 100);
  expect(table('deployments')).toMatchObject({ feature: 'history', rows: runs });
  expect(table('projects')).toMatchObject({ rows: 2 });
  expect(table('settings')).toMatchObject({ rows: 0 });
  expect(stats.chains).toEqual([
    {
      name: 'local',
      running: false,
      bytes: 7000,
      stateBytes: 700,
      snapshotBytes: 1000,
      cacheBytes: 5300,
      forkBytes: 0,
    },
  ]);
  expect(stats.backups).toMatchObject({ count: 1, newestAt: backups.newestAt() });
  const { database, logBytes, otherBytes, totalBytes } = stats;
  expect(totalBytes).toBe(database.bytes + 7000 + stats.backups.bytes + logBytes + otherBytes);
  expect(stats.disk).toMatchObject({ state: 'ok' });
});

test('a check finds damage, remembers it, and names the way back', async () => {
  const { home, db, data, backups } = await setUp();
  for (let i = 0; i < 30; i++) addRun(db, { ageDays: 1, lines: 100 });
  expect(data.lastCheck()).toMatchObject({ state: 'unchecked', newestBackup: null });
  expect(await data.check('quick')).toMatchObject({ state: 'ok', depth: 'quick' });
  expect(await data.check('full')).toMatchObject({ state: 'ok', depth: 'full', problems: [] });
  const { name } = await backups.create('daily');
  expect((await databaseOf(home))?.status).toBe('ok');

  db.pragma('wal_checkpoint(TRUNCATE)');
  const { rootpage } = db
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'journal'`)
    .get() as { rootpage: number };
  const handle = openSync(path.join(home, 'drydock.db'), 'r+');
  writeSync(handle, Buffer.alloc(3000, 0x5a), 0, 3000, (rootpage - 1) * 4096);

  const found = await data.check('quick');
  expect(found).toMatchObject({ state: 'damaged', newestBackup: { name } });
  expect(found.problems.length).toBeGreaterThan(0);
  expect(data.lastCheck()).toEqual(found);
  expect((await data.check('full')).state).toBe('damaged');
  const check = await databaseOf(home);
  expect(check?.status).toBe('error');
  expect(check?.remedy).toContain(`drydock backup restore ${name}`);
  // A damaged database is not made into a backup.
  await expect(backups.create('manual')).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
  expect(backups.list().items.map((b) => b.name)).toEqual([name]);
});

async function databaseOf(home: string) {
  return databaseChecksFor(home)
    .find(({ id }) => id === 'database')
    ?.look();
}

test('each daily task is done by one of two cores, once a day, and again soon after a failure', async () => {
  const { home, db, store } = await setUp();
  const secondDb = openDb(home);
  cleanups.push(() => void secondDb.close());
  const done: string[] = [];
  const core = (name: string, with_ = store, fails = false) =>
    housekeeping({
      store: with_,
      logger,
      tasks: {
        backup: async () => {
          done.push(name);
          if (fails) throw new Error('the disk is full');
        },
      },
    });
  const [first, second] = [core('first'), core('second', dataStore(secondDb))];
  await Promise.all([first.look(), second.look()]);
  await first.look();
  expect(done).toHaveLength(1);
  const age = (hours: number) =>
    db
      .prepare('UPDATE housekeeping SET began_at = began_at - ?, ended_at = ended_at - ?')
      .run(hours * 3_600_000, hours * 3_600_000);
  age(23);
  await second.look();
  expect(done).toHaveLength(1);
  age(2);
  await core('failing', store, true).look();
  await second.look();
  expect(done).toHaveLength(2);
  age(1);
  await second.look();
  expect(done.slice(1)).toEqual(['failing', 'second']);
});
