import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newestBackup } from '#main/db/backup-files.ts';
import { openDb } from '#main/db/open.ts';
import { backupsService } from '#main/features/backups/service.ts';
import { databaseChecksFor } from '#main/features/data/doctor-checks.ts';
import { networksStore } from '#main/features/networks/store.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const logger = pino({ level: 'silent' });
const changed = () => undefined;
const fileIn = (home: string) => path.join(home, 'drydock.db');
const local = {
  kind: 'local',
  chainId: null,
  sealedUrl: null,
  forkBlock: null,
  keepChainId: false,
  port: null,
} as const;

const networksOf = (home: string) => {
  const db = openDb(home);
  try {
    return networksStore(db)
      .all()
      .map(({ name }) => name);
  } finally {
    db.close();
  }
};

/** A data folder with a backup of one network, and a second one that came later. */
async function withBackup(home: string): Promise<void> {
  const db = openDb(home);
  networksStore(db).put({ ...local, name: 'saved' });
  const backups = backupsService({ home, logger, changed });
  await backups.create('manual');
  await backups.close();
  networksStore(db).put({ ...local, name: 'later' });
  db.close();
}

const lose = {
  empty: (home: string) => truncateSync(fileIn(home)),
  missing: (home: string) => rmSync(fileIn(home)),
};

test.each(['empty', 'missing'] as const)(
  'a database that is %s in a used folder opens as no new one, and the backup is offered',
  async (how) => {
    await using folder = await temporaryFolder();
    const home = folder.path;
    await withBackup(home);
    lose[how](home);

    const name = newestBackup(home)?.name;
    expect(() => openDb(home)).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNUSABLE',
        message: expect.stringContaining('though this data folder was used before'),
        data: { fix: expect.objectContaining({ command: `drydock backup restore ${name}` }) },
      }),
    );
    expect(existsSync(fileIn(home)) && statSync(fileIn(home)).size).toBe(
      how === 'empty' ? 0 : false,
    );
    const check = databaseChecksFor(home).find(({ id }) => id === 'database');
    expect(await check?.look()).toMatchObject({ status: 'error' });

    const backups = backupsService({ home, logger, changed });
    // It would be the newest backup, of nothing.
    await expect(backups.create('manual')).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    expect(await backups.restore('latest')).toMatchObject({ done: true });
    expect(networksOf(home)).toEqual(['saved']);
  },
);

test('an empty database keeps the log beside it, also through a restore', async () => {
  await using folder = await temporaryFolder();
  const home = folder.path;
  await withBackup(home);
  // What a crash leaves: a log that holds what the file doesn't yet.
  const scratch = new Database(path.join(home, 'other.db'));
  scratch.pragma('journal_mode = WAL');
  scratch.exec('CREATE TABLE t (x)');
  const log = readFileSync(path.join(home, 'other.db-wal'));
  scratch.close();
  rmSync(path.join(home, 'other.db'), { force: true });
  truncateSync(fileIn(home));
  writeFileSync(`${fileIn(home)}-wal`, log);

  expect(() => openDb(home)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }));
  expect(readFileSync(`${fileIn(home)}-wal`)).toEqual(log);
  const { replaced } = await backupsService({ home, logger, changed }).restore('latest');
  expect(readFileSync(path.join(home, 'backups', `${replaced}.db-wal`))).toEqual(log);
});

test('without a backup it says how to start anew', async () => {
  await using folder = await temporaryFolder();
  openDb(folder.path).close();
  writeFileSync(path.join(folder.path, 'secret.key'), 'x');
  lose.missing(folder.path);
  expect(() => openDb(folder.path)).toThrow(/move the whole data folder away to start anew/);
});

test('a folder that was never used is new, also after a first start that was cut off', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(fileIn(folder.path), '');
  expect(networksOf(folder.path)).toEqual([]);
});
