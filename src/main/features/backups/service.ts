import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import {
  type BackupFile,
  backupFolder,
  backupName,
  backupPath,
  listBackups,
  newestBackup,
} from '../../db/backup-files.ts';
import { databaseBytes, databaseFile } from '../../db/database-file.ts';
import { newestSchema } from '../../db/migrate.ts';
import { assertNotLost } from '../../db/open.ts';
import { runInWorker } from '../../db/run-in-worker.ts';
import {
  cancelRestore,
  completeRestore,
  incomingFile,
  isHeld,
  pendingRestore,
  scheduleRestore,
} from '../../db/swap.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { isOfGone, ownMark } from '../../lib/process-mark.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { Backup, BackupList, Restored } from './contract.ts';

export interface BackupsDependencies {
  home: string;
  logger: Logger;
  changed: (change: Change) => void;
  /**
   * The database is open in this process: a restore waits for the next start. Runs `work` while
   * this process doesn't clear the database's log. Absent: nothing is open here.
   */
  beside?: <T>(work: () => Promise<T>) => Promise<T>;
}

const PART = '.part-';

export function backupsService({ home, logger, changed, beside }: BackupsDependencies) {
  const folder = backupFolder(home);
  const closing = new AbortController();
  let running: Promise<Backup> | undefined;
  let restoring: Promise<Restored> | undefined;

  const list = (): BackupList => {
    const pending = pendingRestore(home);
    return {
      folder,
      items: listBackups(home).map(present),
      scheduled: pending && { backup: pending.backup, scheduledAt: pending.scheduledAt },
      running: running !== undefined,
    };
  };

  function find(ref: string): BackupFile {
    const found =
      ref === 'latest' ? newestBackup(home) : listBackups(home).find((b) => b.name === ref);
    if (found) return found;
    throw new AppError(
      'BACKUP_NOT_FOUND',
      ref === 'latest'
        ? `There is no backup in ${folder} yet. Make one with "drydock backup create".`
        : `There is no backup "${ref}". List them with "drydock backup list".`,
      { field: 'backup', fix: { label: 'Show the backups', command: 'drydock backup list' } },
    );
  }

  async function write(kind: 'daily' | 'manual'): Promise<Backup> {
    // The newest backup must not be one of nothing.
    assertNotLost(home);
    if (!existsSync(databaseFile(home))) {
      throw new AppError(
        'DATA_FOLDER_UNUSABLE',
        `There is no database in ${home} yet, so there is nothing to back up.`,
      );
    }
    makeFolder();
    // SQLite would only say that it can't open a file.
    accessSync(folder, constants.W_OK);
    await removeLeftovers();
    await assertRoom();
    const at = Date.now();
    const part = path.join(folder, `${PART}${await ownMark()}-${at}`);
    const [scratch, to] = [`${part}.db`, `${part}.gz`];
    const work = () =>
      runInWorker({ do: 'backup', from: databaseFile(home), scratch, to }, closing.signal);
    try {
      const written = await (beside ? beside(work) : work());
      const file = backupPath(home, backupName(at, kind, written.schema));
      await despiteLocks(() => rename(to, file));
      const took = Date.now() - at;
      logger.info({ kind, bytes: written.bytes, of: written.databaseBytes, took }, 'backed up');
    } finally {
      for (const file of [scratch, `${scratch}-journal`, to]) await rm(file, { force: true });
      changed({ topic: 'data' });
    }
    return present(find(listBackups(home).find((b) => b.createdAt === at)?.name ?? ''));
  }

  /** Not recursive: on a failed disk that one says that the data folder is gone. */
  function makeFolder(): void {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  /** A copy and its compressed form stand side by side for a while. */
  async function assertRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(folder);
    const needed = Math.ceil(databaseBytes(home) * 1.4);
    if (bavail * bsize > needed) return;
    throw new AppError(
      'DATA_FOLDER_UNUSABLE',
      `A backup needs about ${megabytes(needed)} of free disk for a moment, and only ${megabytes(bavail * bsize)} are free. Free some space, then try again; "drydock data prune --dry-run" shows what Drydock can give back.`,
      { fix: { label: 'Show what can be freed', command: 'drydock data prune --dry-run' } },
    );
  }

  /** Of backups that ended with their process. */
  async function removeLeftovers(): Promise<void> {
    for (const name of readdirSync(folder).filter((n) => n.startsWith(PART))) {
      const mark = /^\d+-\w+(?=-)/.exec(name.slice(PART.length))?.[0] ?? '';
      // This process writes one at a time, and this is before it.
      if (mark === (await ownMark()) || (await isOfGone(mark))) {
        await rm(path.join(folder, name), { force: true });
      }
    }
  }

  async function restore(ref: string): Promise<Restored> {
    const backup = find(ref);
    if (!beside && isHeld(home)) throw held();
    cancelRestore(home);
    const incoming = incomingFile(home);
    const { schema, problems } = await runInWorker(
      { do: 'unpack', from: backup.file, to: incoming },
      closing.signal,
    ).catch(async (error: unknown) => {
      await rm(incoming, { force: true });
      throw error;
    });
    if (problems.length > 0 || schema > newestSchema) {
      cancelRestore(home);
      throw unusable(backup, schema, problems);
    }
    const replaced = backupName(Date.now(), 'replaced', null);
    scheduleRestore(home, { backup: backup.name, scheduledAt: Date.now(), replaced });
    if (!beside && completeRestore(home) === 'waiting') {
      cancelRestore(home);
      throw held();
    }
    logger.info({ backup: backup.name, scheduled: beside !== undefined }, 'restore');
    changed({ topic: 'data' });
    return { backup: present(backup), done: !beside, replaced };
  }

  function held(): AppError {
    return new AppError(
      'CORE_RUNNING',
      `Drydock is at work on ${home} in another process. Wait for its end or close it, then restore again. Nothing was changed.`,
    );
  }

  function unusable(backup: BackupFile, schema: number, problems: string[]): AppError {
    const older = listBackups(home).find(
      (b) => b.kind !== 'replaced' && b.createdAt < backup.createdAt,
    );
    const why =
      problems.length > 0
        ? `is damaged (${problems[0]})`
        : `was made by a newer Drydock (schema ${schema}, this one knows ${newestSchema})`;
    const next = older
      ? `Restore the one before it, ${older.name}.`
      : problems.length > 0
        ? 'There is no older one.'
        : 'Update Drydock, then restore it.';
    return new AppError(
      'BACKUP_UNUSABLE',
      `The backup ${backup.name} ${why}. Nothing was changed. ${next}`,
      {
        fix: older && {
          label: 'Restore the one before it',
          command: `drydock backup restore ${older.name}`,
          call: { procedure: 'backups.restore', input: { backup: older.name } },
        },
      },
    );
  }

  return {
    list,

    /** While one is being written, returns that one. */
    create(kind: 'daily' | 'manual'): Promise<Backup> {
      running ??= write(kind).finally(() => {
        running = undefined;
        changed({ topic: 'data' });
      });
      changed({ topic: 'data' });
      return running;
    },

    /** One at a time. */
    restore(ref: string): Promise<Restored> {
      const before = restoring;
      restoring = (async () => {
        await before?.catch(() => undefined);
        return restore(ref);
      })();
      return restoring;
    },

    cancelRestore(): BackupList {
      cancelRestore(home);
      changed({ topic: 'data' });
      return list();
    },

    async remove(ref: string): Promise<Backup> {
      const backup = find(ref);
      await rm(backup.file, { force: true });
      await rm(`${backup.file}-wal`, { force: true });
      changed({ topic: 'data' });
      return present(backup);
    },

    newestAt: (): number | null => newestBackup(home)?.createdAt ?? null,

    /** Breaks off what is being written; nothing of it is left. */
    async close(): Promise<void> {
      closing.abort(new Error('Drydock is closing'));
      await Promise.allSettled([running, restoring]);
    },
  };
}

export type BackupsService = ReturnType<typeof backupsService>;

const present = ({ file: _, ...backup }: BackupFile): Backup => backup;

const megabytes = (bytes: number): string =>
  `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
