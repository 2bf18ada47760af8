import { accessSync, constants, mkdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { dateTime } from '../kit/date-time.ts';
import { AppError } from '../kit/errors.ts';
import { newestBackup } from './backup-files.ts';
import { databaseFile } from './database-file.ts';
import { migrate } from './migrate.ts';
import { completeRestore, pendingRestore } from './swap.ts';

export type Db = Database.Database;

/** Beyond this the log is cut back to nothing once everything in it is in the database. */
const MOST_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Opens `drydock.db` in the data folder, creating and migrating as needed, after a restore that was
 * scheduled has been done. Throws DATA_FOLDER_UNUSABLE when the folder can't hold it, or the file is
 * damaged or was written by a newer version.
 */
export function openDb(home: string): Db {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.R_OK | constants.W_OK);
    const before = completeRestore(home);
    const db = connect(home);
    if (before !== 'none' || pendingRestore(home) === null) return migrated(db);
    // Somebody began to restore in between, and may have found nobody here.
    db.close();
    completeRestore(home);
    return migrated(connect(home));
  } catch (error) {
    throw dataFolderError(error, home) ?? error;
  }
}

/** Holds the database from here on: no restore can take it away under us. */
function connect(home: string): Db {
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

/** The database can't be read. Names the newest backup, if there is one. */
export function damagedError(home: string): AppError {
  const backup = newestBackup(home);
  const what = `The database ${databaseFile(home)} is damaged. Nothing of it was deleted.`;
  if (!backup) {
    return new AppError(
      'DATA_FOLDER_UNUSABLE',
      `${what} There is no backup of it: move the file away to start anew, or set DRYDOCK_HOME to another folder.`,
      { fix: { label: 'Check this machine', command: 'drydock doctor' } },
    );
  }
  return new AppError(
    'DATA_FOLDER_UNUSABLE',
    `${what} Restore the backup of ${dateTime(backup.createdAt)}; the damaged file is kept aside.`,
    {
      fix: {
        label: 'Restore the newest backup',
        command: `drydock backup restore ${backup.name}`,
        call: { procedure: 'backups.restore', input: { backup: backup.name } },
      },
    },
  );
}
