import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { syncFolder } from '../lib/sync-folder.ts';
import { AppError } from '../shared/errors.ts';
import { backupFolder, backupPath } from './backup-files.ts';
import { databaseFile } from './database-file.ts';

const shape = z.object({
  /** The backup that `drydock.db.incoming` was unpacked from. */
  backup: z.string(),
  scheduledAt: z.int(),
  /** What the present database will be called once it is put aside. */
  replaced: z.string(),
});

/** A verified database that waits to take the place of the present one. */
export type PendingRestore = z.infer<typeof shape>;

const LOCK_WAIT_MS = 5000;

export const incomingFile = (home: string): string => path.join(home, 'drydock.db.incoming');
const intentFile = (home: string): string => path.join(home, 'restore.json');

export function pendingRestore(home: string): PendingRestore | null {
  try {
    return shape.parse(JSON.parse(readFileSync(intentFile(home), 'utf8')));
  } catch {
    return null;
  }
}

/** From here on the next core that finds itself alone puts `drydock.db.incoming` in place. */
export function scheduleRestore(home: string, pending: PendingRestore): void {
  writeFileAtomic.sync(intentFile(home), `${JSON.stringify(pending)}\n`, { mode: 0o600 });
}

export function cancelRestore(home: string): void {
  rmSync(intentFile(home), { force: true });
  rmSync(incomingFile(home), { force: true });
}

/** Whether a core has the database open right now. */
export function isHeld(home: string): boolean {
  return existsSync(databaseFile(home)) && !settle(databaseFile(home));
}

/**
 * Puts a scheduled database in place, if there is one: the present file is kept as a backup of the
 * kind `replaced`, and at no instant is there no `drydock.db`. An interrupted one is finished by
 * the next call. `waiting`: another core has the database open, nothing was changed.
 */
export function completeRestore(home: string): 'none' | 'restored' | 'waiting' {
  if (!existsSync(intentFile(home))) return 'none';
  return underLock(home, () => {
    const pending = pendingRestore(home);
    if (!pending || !existsSync(incomingFile(home))) {
      // Done before a crash, or by another core while this one waited for the lock.
      rmSync(intentFile(home), { force: true });
      return 'none';
    }
    const file = databaseFile(home);
    if (existsSync(file)) {
      if (!settle(file)) return 'waiting';
      putAside(home, pending.replaced);
    }
    renameSync(incomingFile(home), file);
    syncFolder(home);
    rmSync(intentFile(home), { force: true });
    return 'restored';
  });
}

/**
 * Moves what the write-ahead log holds into the database file, which SQLite only does for the last
 * connection there is. `false`: there are others. A file too damaged for that stays as it is.
 */
function settle(file: string): boolean {
  // To SQLite it is a new database, and a log beside it is to be deleted.
  if (statSync(file).size === 0) return true;
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 0, fileMustExist: true });
    db.pragma('journal_mode = DELETE');
    return true;
  } catch (error) {
    return !isBusy(error);
  } finally {
    db?.close();
  }
}

function putAside(home: string, name: string): void {
  const file = databaseFile(home);
  const aside = backupPath(home, name);
  mkdirSync(backupFolder(home), { recursive: true, mode: 0o700 });
  if (!existsSync(aside)) {
    try {
      linkSync(file, aside);
    } catch {
      // A disk without hard links.
      copyFileSync(file, `${aside}.part`, constants.COPYFILE_FICLONE);
      renameSync(`${aside}.part`, aside);
    }
  }
  // Only a damaged database still has them. The next one must not be given a foreign log.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
}

/**
 * One process at a time. The operating system releases the lock of a process that was killed, so
 * there is no need to check whether its holder is still alive.
 */
function underLock<T>(home: string, work: () => T): T {
  const file = path.join(home, 'restore.lock.db');
  closeSync(openSync(file, 'a', 0o600));
  const lock = new Database(file, { timeout: LOCK_WAIT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return work();
  } catch (error) {
    if (!lock.inTransaction && isBusy(error)) {
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        'A backup is being restored by another process. Wait for its end, then try again.',
      );
    }
    throw error;
  } finally {
    // Ends the transaction. The file stays: a lock on one that is being taken away is none.
    lock.close();
  }
}

const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
