import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { backupPath } from '#main/db/backup-files.ts';
import { checkpointsOf } from '#main/db/checkpoints.ts';
import { migrations } from '#main/db/migrations.ts';
import { type Db, openDb } from '#main/db/open.ts';
import { incomingFile, pendingRestore } from '#main/db/swap.ts';
import { backupsService } from '#main/features/backups/service.ts';
import { networksService } from '#main/features/networks/service.ts';
import { networksStore } from '#main/features/networks/store.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { DataKey } from '#main/lib/secrets/data-key.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function newHome(): Promise<string> {
  const folder = await temporaryFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

const logger = pino({ level: 'silent' });
const changed = () => undefined;

/** The backups of a core that has the database open. */
function openCore(home: string) {
  const db = openDb(home);
  const backups = backupsService({ home, logger, changed, beside: checkpointsOf(db).paused });
  const close = async () => {
    if (!db.open) return;
    await backups.close();
    db.close();
  };
  cleanups.push(close);
  return { db, backups, close };
}

/** The backups of a data folder where no core is open. */
const alone = (home: string) => backupsService({ home, logger, changed });

const put = (db: Db, key: string, value: string) =>
  db
    .prepare('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = ?')
    .run(key, value, value);

const get = (db: Db, key: string) =>
  (db.prepare('SELECT value FROM settings WHERE key = ?').get(key) as { value: string } | undefined)
    ?.value;

/** What a backup holds, as a database. */
function contentOf(home: string, name: string): Database.Database {
  const db = new Database(gunzipSync(readFileSync(backupPath(home, name))));
  cleanups.push(() => void db.close());
  return db;
}

const partsIn = (home: string) =>
  readdirSync(path.join(home, 'backups')).filter((name) => !/\.db(\.gz)?$/.test(name));

test('a backup holds what was committed, and is whole', async () => {
  const home = await newHome();
  const { db, backups } = openCore(home);
  put(db, 'theme', '"dark"');
  const backup = await backups.create('manual');
  expect(backup).toMatchObject({ kind: 'manual', schema: migrations.length });
  put(db, 'theme', '"light"');

  const copy = contentOf(home, backup.name);
  expect(copy.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(get(copy, 'theme')).toBe('"dark"');
  expect(backups.list().items).toEqual([backup]);
  expect(partsIn(home)).toEqual([]);
  expect(statSync(backupPath(home, backup.name)).mode & 0o077).toBe(0);
  expect(statSync(path.join(home, 'backups')).mode & 0o077).toBe(0);
});

test('a backup is one state, whatever is written meanwhile, and no write is refused', async () => {
  const home = await newHome();
  const { db, backups } = openCore(home);
  db.exec('CREATE TABLE pairs (a INTEGER, b INTEGER) STRICT');
  const insert = db.prepare('INSERT INTO pairs VALUES (?, ?)');
  const negative = db.prepare('UPDATE pairs SET b = ? WHERE a = ?');
  const filler = db.prepare(`INSERT INTO settings (key, value) VALUES (?, ?)`);
  for (let i = 0; i < 3000; i++) filler.run(`filler ${i}`, 'x'.repeat(4000));

  let over = false;
  const done = backups.create('manual').finally(() => {
    over = true;
  });
  let written = 0;
  while (!over) {
    // Both rows or none: a copy of two moments would show one half.
    db.transaction(() => {
      insert.run(written, 0);
      negative.run(-written, written);
    }).immediate();
    written++;
    await sleep(0);
  }
  const copy = contentOf(home, (await done).name);
  const [row] = copy.prepare('SELECT count(*) AS n, sum(a + b) AS sum FROM pairs').all() as {
    n: number;
    sum: number | null;
  }[];
  expect(copy.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(row?.sum ?? 0).toBe(0);
  expect(written).toBeGreaterThan(0);
  expect(db.prepare('SELECT count(*) AS n FROM pairs').get()).toEqual({ n: written });
});

test('two asked for at once are one', async () => {
  const { backups } = openCore(await newHome());
  const [a, b] = await Promise.all([backups.create('manual'), backups.create('manual')]);
  expect(a).toEqual(b);
  expect(backups.list().items).toHaveLength(1);
});

test('a backup holds sealed secrets only, and not their key', async () => {
  const home = await newHome();
  const { db, backups } = openCore(home);
  const url = 'https://rpc.example.org/v3/0123456789abcdef0123456789abcdef';
  const networks = networksService({
    store: networksStore(db),
    createdChainId: () => null,
    chains: () => [],
    forkedDeployments: () => null,
    shipped: [],
    seal: new DataKey(home),
    emit: () => undefined,
    changed,
    chainUrl: async () => null,
    assertChainStopped: async () => undefined,
  });
  await networks.save({ name: 'secret', kind: 'remote', url });
  expect(networks.find('secret').url).toBe(url);
  const { name } = await backups.create('manual');
  const bytes = gunzipSync(readFileSync(backupPath(home, name)));
  expect(bytes.includes('sealed_url')).toBe(true);
  expect(bytes.includes('0123456789abcdef')).toBe(false);
  const key = readFileSync(path.join(home, 'secret.key'), 'utf8').trim();
  expect(bytes.includes(key)).toBe(false);
  expect(bytes.includes(Buffer.from(key, 'hex'))).toBe(false);
});

test('a restore without a core goes back at once and keeps the database of before', async () => {
  const home = await newHome();
  const first = openCore(home);
  put(first.db, 'theme', '"dark"');
  const { name } = await first.backups.create('manual');
  put(first.db, 'theme', '"light"');
  await first.close();

  const restored = await alone(home).restore(name);
  expect(restored).toMatchObject({ backup: { name }, done: true });
  const second = openCore(home);
  expect(get(second.db, 'theme')).toBe('"dark"');
  await second.close();

  // And there again.
  expect((await alone(home).restore(restored.replaced)).done).toBe(true);
  const third = openCore(home);
  expect(get(third.db, 'theme')).toBe('"light"');
  expect(third.backups.list().items.map((b) => b.kind)).toEqual(['replaced', 'replaced', 'manual']);
});

test('of restores at the same time the last one asked for is done, whole', async () => {
  const home = await newHome();
  const { db, backups, close } = openCore(home);
  const names: string[] = [];
  for (const theme of ['"dark"', '"light"', '"system"']) {
    put(db, 'theme', theme);
    names.push((await backups.create('manual')).name);
  }
  const asked = [...names, ...names];
  const restored = await Promise.all(asked.map((name) => backups.restore(name)));
  expect(restored.map(({ backup }) => backup.name)).toEqual(asked);
  expect(pendingRestore(home)?.backup).toBe(asked.at(-1));
  await close();
  expect(get(openCore(home).db, 'theme')).toBe('"system"');
});

test('a restore in an open core waits for the next start, and can be taken back', async () => {
  const home = await newHome();
  const { db, backups, close } = openCore(home);
  put(db, 'theme', '"dark"');
  const { name } = await backups.create('manual');
  put(db, 'theme', '"light"');

  expect((await backups.restore(name)).done).toBe(false);
  expect(backups.list().scheduled).toMatchObject({ backup: name });
  expect(get(db, 'theme')).toBe('"light"');
  expect(backups.cancelRestore().scheduled).toBeNull();
  expect(existsSync(incomingFile(home))).toBe(false);

  await backups.restore('latest');
  put(db, 'since', '1');
  // Another core comes while this one is open: nothing happens to the database under it.
  const other = openDb(home);
  expect(get(other, 'since')).toBe('1');
  expect(pendingRestore(home)).not.toBeNull();
  other.close();
  await close();

  const next = openCore(home);
  expect(get(next.db, 'theme')).toBe('"dark"');
  expect(get(next.db, 'since')).toBeUndefined();
  expect(next.backups.list().scheduled).toBeNull();
  const replaced = next.backups.list().items.find((b) => b.kind === 'replaced');
  const kept = new Database(backupPath(home, replaced?.name ?? ''), { readonly: true });
  expect(get(kept, 'since')).toBe('1');
  kept.close();
});

test('a restore is refused while a core of another process is open', async () => {
  const home = await newHome();
  const { backups, db, close } = openCore(home);
  const { name } = await backups.create('manual');
  put(db, 'theme', '"light"');
  await close();
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import Database from 'better-sqlite3';
       const db = new Database(${JSON.stringify(path.join(home, 'drydock.db'))});
       db.pragma('journal_mode = WAL');
       db.prepare('SELECT count(*) FROM settings').get();
       process.stdout.write('open');
       setInterval(() => db, 1000);`,
    ],
    { cwd: appRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  cleanups.push(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await expect(alone(home).restore(name)).rejects.toMatchObject({ code: 'CORE_RUNNING' });
  expect(pendingRestore(home)).toBeNull();

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await alone(home).restore(name)).done).toBe(true);
});

/** Another process takes the lock of a restore, and is killed with it. */
async function killedWithLock(home: string): Promise<void> {
  const script = `
    const lock = new (require('better-sqlite3'))(${JSON.stringify(path.join(home, 'restore.lock.db'))});
    lock.exec('BEGIN EXCLUSIVE');
    console.log('held');
    setInterval(() => lock.inTransaction, 1000);
  `;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test.each(['backup', 'swap', 'done'])(
  'a restore that was killed (%s) is finished',
  async (where) => {
    const home = await newHome();
    const { db, backups, close } = openCore(home);
    put(db, 'theme', '"dark"');
    await backups.create('manual');
    put(db, 'theme', '"light"');
    await backups.restore('latest');
    await close();
    const { replaced } = pendingRestore(home) as { replaced: string };
    const aside = backupPath(home, replaced);
    if (where === 'swap') {
      // The old one has its second name, the new one is not in place; another core is ahead in line.
      const { linkSync } = await import('node:fs');
      linkSync(path.join(home, 'drydock.db'), aside);
      await killedWithLock(home);
    }
    if (where === 'done') {
      const { linkSync, renameSync } = await import('node:fs');
      linkSync(path.join(home, 'drydock.db'), aside);
      renameSync(incomingFile(home), path.join(home, 'drydock.db'));
    }
    const next = openCore(home);
    expect(get(next.db, 'theme')).toBe('"dark"');
    expect(pendingRestore(home)).toBeNull();
    const kept = new Database(aside, { readonly: true });
    expect(get(kept, 'theme')).toBe('"light"');
    kept.close();
  },
);

test('a damaged backup is not restored, and the one before it is offered', async () => {
  const home = await newHome();
  const { db, backups, close } = openCore(home);
  put(db, 'theme', '"dark"');
  const good = await backups.create('manual');
  const cut = await backups.create('manual');
  const foreign = await backups.create('manual');
  put(db, 'theme', '"light"');
  await close();
  truncateSync(backupPath(home, cut.name), 3000);
  writeFileSync(backupPath(home, foreign.name), gzipSync(Buffer.alloc(100_000, 'no database')));

  for (const bad of [cut, foreign]) {
    await expect(alone(home).restore(bad.name)).rejects.toMatchObject({ code: 'BACKUP_UNUSABLE' });
    expect(existsSync(incomingFile(home))).toBe(false);
  }
  await expect(alone(home).restore(cut.name)).rejects.toMatchObject({
    data: { fix: { call: { input: { backup: good.name } } } },
  });
  const after = openCore(home);
  expect(get(after.db, 'theme')).toBe('"light"');
});

test('a backup of a newer version is not restored', async () => {
  const home = await newHome();
  const { db, backups, close } = openCore(home);
  db.pragma(`user_version = ${migrations.length + 1}`);
  const { name } = await backups.create('manual');
  db.pragma(`user_version = ${migrations.length}`);
  await close();
  await expect(alone(home).restore(name)).rejects.toThrow(/newer Drydock/);
});

test.each(['a page of it', 'its head'])(
  'a damaged database (%s) is named with its remedy, and the remedy works',
  async (part) => {
    const home = await newHome();
    const file = path.join(home, 'drydock.db');
    const { db, backups, close } = openCore(home);
    put(db, 'theme', '"dark"');
    const { name } = await backups.create('daily');
    await close();
    const handle = openSync(file, 'r+');
    // Page 1 holds the schema.
    writeSync(handle, Buffer.alloc(2000, 0x5a), 0, 2000, part === 'its head' ? 0 : 100);
    const before = readFileSync(file);

    expect(() => openDb(home)).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNUSABLE',
        message: expect.stringContaining('damaged'),
        data: {
          fix: expect.objectContaining({ command: `drydock backup restore ${name}` }),
        },
      }),
    );
    expect(readFileSync(file)).toEqual(before);
    const { replaced } = await alone(home).restore(name);
    expect(readFileSync(backupPath(home, replaced))).toEqual(before);
    const after = openCore(home);
    expect(get(after.db, 'theme')).toBe('"dark"');
  },
);

test('a core that closes in the middle of a backup leaves nothing of it', async () => {
  const home = await newHome();
  const { db, backups, close } = openCore(home);
  const filler = db.prepare(`INSERT INTO settings (key, value) VALUES (?, ?)`);
  for (let i = 0; i < 5000; i++) filler.run(`filler ${i}`, 'x'.repeat(4000));
  const backup = backups.create('manual');
  const failed = expect(backup).rejects.toThrow();
  await vi.waitUntil(() => partsIn(home).length > 0, { timeout: 20_000, interval: 1 });
  await close();
  await failed;
  expect(readdirSync(path.join(home, 'backups'))).toEqual([]);
});

test('what a killed backup has left is cleared away by the next', async () => {
  const home = await newHome();
  const { backups } = openCore(home);
  mkdirSync(path.join(home, 'backups'), { recursive: true });
  // Their pids are free, or used again by a process that writes no backup: this test's parent.
  for (const mark of ['4194304-00000000', `${process.ppid}-00000000`, `${process.ppid}`]) {
    writeFileSync(path.join(home, 'backups', `.part-${mark}-1.db`), 'half');
  }
  await backups.create('manual');
  expect(partsIn(home)).toEqual([]);
});

test('a backup that is not there is named, and one can be deleted', async () => {
  const home = await newHome();
  const { backups } = openCore(home);
  await expect(backups.restore('latest')).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  const { name } = await backups.create('manual');
  await expect(backups.remove('../drydock')).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  expect(await backups.remove(name)).toMatchObject({ name });
  expect(backups.list().items).toEqual([]);
  rmSync(path.join(home, 'backups'), { recursive: true });
  expect(backups.list().items).toEqual([]);
});
