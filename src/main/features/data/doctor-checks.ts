import { existsSync } from 'node:fs';
import { newestBackup } from '../../db/backup-files.ts';
import { databaseFile } from '../../db/database-file.ts';
import { lostDatabase } from '../../db/open.ts';
import { keepPrivate } from '../../db/private-files.ts';
import { pendingRestore } from '../../db/swap.ts';
import type { Finding, NamedCheck } from '../../shared/check.ts';
import { dateTime } from '../../shared/date-time.ts';
import { lastCheckOf } from './checks.ts';

const wayBack = (backup: { name: string; createdAt: number } | null): string =>
  backup
    ? `Go back to the backup of ${dateTime(backup.createdAt)}: drydock backup restore ${backup.name}. What is there now is kept.`
    : 'There is no backup. Save what you need of the data folder, then move it away to start anew.';

const DAYS_WITHOUT = 3;

/** What the doctor says of the database and its backups; they need no open database. */
export function databaseChecksFor(home: string): NamedCheck[] {
  async function database(): Promise<Finding> {
    const { state, depth, checkedAt, problems, newestBackup } = lastCheckOf(home);
    const lost = lostDatabase(home);
    if (lost) {
      const detail = `${databaseFile(home)} is ${lost === 'empty' ? 'empty' : 'gone'}, though this data folder was used before`;
      return { status: 'error', detail, remedy: wayBack(newestBackup) };
    }
    if (!existsSync(databaseFile(home))) {
      return { status: 'ok', detail: 'not created yet', remedy: null };
    }
    const waiting = pendingRestore(home);
    if (waiting) {
      return {
        status: 'warning',
        detail: `${waiting.backup} is ready and takes its place when Drydock starts next`,
        remedy: 'Start Drydock again, or "drydock backup restore --cancel" to keep all as it is.',
      };
    }
    if (state === 'damaged') {
      return {
        status: 'error',
        detail: `damaged: ${problems[0]}`,
        remedy: wayBack(newestBackup),
      };
    }
    const detail =
      checkedAt === null
        ? 'not checked yet; "drydock data check" does'
        : `whole when it was last checked (${depth === 'full' ? 'all of it' : 'quickly'}, ${dateTime(checkedAt)})`;
    return { status: 'ok', detail, remedy: null };
  }

  async function backup(): Promise<Finding> {
    const newest = newestBackup(home);
    if (!newest) {
      const detail = 'none yet; Drydock makes one a day while it is open';
      return { status: 'ok', detail, remedy: null };
    }
    const old = Date.now() - newest.createdAt > DAYS_WITHOUT * 86_400_000;
    const detail = `the newest is of ${dateTime(newest.createdAt)}`;
    return old
      ? { status: 'warning', detail, remedy: 'Make one now: drydock backup create' }
      : { status: 'ok', detail, remedy: null };
  }

  /** Corrects as every start does; what it can't is told. */
  async function privacy(): Promise<Finding> {
    const { corrected, problems } = keepPrivate(home);
    const [first] = problems;
    if (first !== undefined) {
      const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
      return {
        status: 'warning',
        detail: `other users of this machine can read parts of the data folder: ${first}${more}`,
        remedy:
          'Give the files to yourself, and Drydock a folder of its own (DRYDOCK_HOME) on a disk that keeps modes.',
      };
    }
    const found = corrected.length > 0 ? `; ${corrected.length} files were open just now` : '';
    return { status: 'ok', detail: `only you can read it${found}`, remedy: null };
  }

  return [
    { id: 'database', title: 'Database', look: database },
    { id: 'backup', title: 'Backups', look: backup },
    // Modes mean nothing on Windows.
    ...(process.platform === 'win32'
      ? []
      : [{ id: 'data-folder-modes', title: 'Who can read it', look: privacy }]),
  ];
}
