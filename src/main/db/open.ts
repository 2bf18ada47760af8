import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { dateTime } from '../shared/date-time.ts';
import { AppError } from '../shared/errors.ts';
import { newestBackup } from './backup-files.ts';
import { wasUsed } from './data-folder.ts';
import { databaseFile } from './database-file.ts';
import { migrate } from './migrate.ts';
import { completeRestore, pendingRestore } from './swap.ts';

export type Db = Database.Database;

/** Beyond this the log is cut back to nothing once everything in it is in the database. */
const MOST_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Opens `drydock.db` in the data folder, creating and migrating as needed, after a restore that was
 * scheduled has been done. Throws DATA_FOLDER_UNUSABLE when the folder can't hold it, or the file is
 * damaged, was written by a newer version, or is gone from a folder that was used before.
 */
export function openDb(home: string): Db {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.R_OK | constants.W_OK);
    const before = completeRestore(home);
    const db = connect(home);
    if (before !== 'none' || pendingRestore(home) === null) return migrated(db);
    // A restore began in between, and may have found no core here.
    db.close();
    completeRestore(home);
    return migrated(connect(home));
  } catch (error) {
    throw dataFolderError(error, home) ?? error;
  }
}

/** Holds the database from here on: no restore can take it away under us. */
function connect(home: string): Db {
  assertNotLost(home);
  // SQLite makes its other files as private as this one is.
  closeSync(openSync(databaseFile(home), 'a', 0o600));
  const db = new Database(databaseFile(home), { timeout: 5000 });
  try {
    // Only has an effect on a new file: what is deleted can be given back to the disk bit by bit.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma(`journal_size_limit = ${MOST_LOG_BYTES}`);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A database of no length would open as an empty history, and SQLite would delete the log beside
 * it. Throws DATA_FOLDER_UNUSABLE when the data folder was used before and has none.
 */
export function assertNotLost(home: string): void {
  const lost = lostDatabase(home);
  if (lost) throw damagedError(home, lost);
}

/** How the database of a data folder was lost; null when it wasn't, or never was one. */
export function lostDatabase(home: string): 'missing' | 'empty' | null {
  const size = () => statSync(databaseFile(home), { throwIfNoEntry: false })?.size ?? null;
  // Looked at again after the traces: another core may make the first database at this moment.
  if (size() || !wasUsed(home)) return null;
  const bytes = size();
  return bytes === null ? 'missing' : bytes === 0 ? 'empty' : null;
}

function migrated(db: Db): Db {
  try {
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const causes: Record<string, string> = {
  EACCES: 'it may not be written by you',
  EPERM: 'it may not be written by you',
  EROFS: 'it is on a read-only disk',
  EIO: 'the disk refuses to read or write',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'a file stands in its place',
  EEXIST: 'a file stands in its place',
  SQLITE_READONLY: 'its database may not be written',
  SQLITE_FULL: 'the disk is full',
  SQLITE_CANTOPEN: 'its database can not be opened',
  SQLITE_IOERR: 'the disk refuses to read or write',
};

/** The DATA_FOLDER_UNUSABLE for a fault of disk or database, undefined for any other error. */
export function dataFolderError(error: unknown, home: string): AppError | undefined {
  if (error instanceof AppError) return undefined;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damagedError(home);
  const cause = causes[code] ?? causes[code.split('_').slice(0, 2).join('_')];
  if (!cause) return undefined;
  return new AppError(
    'DATA_FOLDER_UNUSABLE',
    `The data folder ${home} can't be used: ${cause}. Free some space or repair its permissions, or set DRYDOCK_HOME to another folder, and try again.`,
    { fix: { label: 'Check this machine', command: 'drydock doctor' } },
  );
}

const states = {
  damaged: 'is damaged. Nothing of it was deleted',
  empty: 'is empty, though this data folder was used before. Nothing was deleted or made anew',
  missing: 'is gone, though this data folder was used before. Nothing was made anew',
};

/** The database can't be read. Names the newest backup, if there is one. */
export function damagedError(home: string, state: keyof typeof states = 'damaged'): AppError {
  const backup = newestBackup(home);
  const what = `The database ${databaseFile(home)} ${states[state]}.`;
  if (!backup) {
    return new AppError(
      'DATA_FOLDER_UNUSABLE',
      `${what} There is no backup of it: put the file back from a copy of your own, move the whole data folder away to start anew, or set DRYDOCK_HOME to another folder.`,
      { fix: { label: 'Check this machine', command: 'drydock doctor' } },
    );
  }
  const kept = state === 'missing' ? '' : '; the file that is there is kept aside';
  return new AppError(
    'DATA_FOLDER_UNUSABLE',
    `${what} Restore the backup of ${dateTime(backup.createdAt)}${kept}.`,
    {
      fix: {
        label: 'Restore the newest backup',
        command: `drydock backup restore ${backup.name}`,
        call: { procedure: 'backups.restore', input: { backup: backup.name } },
      },
    },
  );
}
