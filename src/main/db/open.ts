import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../kit/errors.ts';
import { migrate } from './migrate.ts';

export type Db = Database.Database;

/**
 * Opens `drydock.db` in the data folder, creating and migrating as needed. Throws
 * DATA_FOLDER_UNUSABLE when the folder can't hold it or was written by a newer version.
 */
export function openDb(home: string): Db {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.R_OK | constants.W_OK);
    const db = new Database(path.join(home, 'drydock.db'), { timeout: 5000 });
    try {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      db.pragma('foreign_keys = ON');
      migrate(db);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw dataFolderError(error, home) ?? error;
  }
}

const causes: Record<string, string> = {
  EACCES: 'it may not be written by you',
  EPERM: 'it may not be written by you',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'a file stands in its place',
  EEXIST: 'a file stands in its place',
  SQLITE_READONLY: 'its database may not be written',
  SQLITE_FULL: 'the disk is full',
  SQLITE_CANTOPEN: 'its database can not be opened',
  SQLITE_NOTADB: 'drydock.db in it is not a database',
  SQLITE_CORRUPT: 'drydock.db in it is damaged',
  SQLITE_IOERR: 'the disk refuses to read or write',
};

/** The DATA_FOLDER_UNUSABLE for a fault of disk or database, undefined for any other error. */
export function dataFolderError(error: unknown, home: string): AppError | undefined {
  if (error instanceof AppError) return undefined;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  const cause = causes[code] ?? causes[code.split('_').slice(0, 2).join('_')];
  if (!cause) return undefined;
  return new AppError(
    'DATA_FOLDER_UNUSABLE',
    `The data folder ${home} can't be used: ${cause}. Free some space or repair its permissions, or set DRYDOCK_HOME to another folder, and try again.`,
    { fix: { label: 'Check this machine', command: 'drydock doctor' } },
  );
}
