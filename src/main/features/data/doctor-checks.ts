import { existsSync } from 'node:fs';
import { newestBackup } from '../../db/backup-files.ts';
import { databaseFile } from '../../db/database-file.ts';
import { pendingRestore } from '../../db/swap.ts';
import { dateTime } from '../../kit/date-time.ts';
import type { Check } from '../doctor/contract.ts';
import { lastCheckOf } from './checks.ts';

const DAYS_WITHOUT = 3;

/** What the doctor says of the database and its backups; they need no open database. */
export function databaseChecksFor(home: string): (() => Promise<Check>)[] {
  async function database(): Promise<Check> {
    const { state, depth, checkedAt, problems, newestBackup } = lastCheckOf(home);
    const base = { id: 'database', title: 'Database' };
    if (!existsSync(databaseFile(home))) {
      return { ...base, status: 'ok', detail: 'not created yet', remedy: null };
    }
    const waiting = pendingRestore(home);
    if (waiting) {
      return {
        ...base,
        status: 'warning',
        detail: `${waiting.backup} is ready and takes its place when Drydock starts next`,
        remedy: 'Start Drydock again, or "drydock backup restore --cancel" to keep all as it is.',
      };
    }
    if (state === 'damaged') {
      return {
        ...base,
        status: 'error',
        detail: `damaged: ${problems[0]}`,
        remedy: newestBackup
          ? `Go back to the backup of ${dateTime(newestBackup.createdAt)}: drydock backup restore ${newestBackup.name}. The damaged file is kept.`
          : 'There is no backup. Save what you need of it, then move drydock.db away to start anew.',
      };
    }
    const detail =
      checkedAt === null
        ? 'not checked yet; "drydock data check" does'
        : `whole when it was last checked (${depth === 'full' ? 'all of it' : 'quickly'}, ${dateTime(checkedAt)})`;
    return { ...base, status: 'ok', detail, remedy: null };
  }

  async function backup(): Promise<Check> {
    const base = { id: 'backup', title: 'Backups' };
    const newest = newestBackup(home);
    if (!newest) {
      const detail = 'none yet; Drydock makes one a day while it is open';
      return { ...base, status: 'ok', detail, remedy: null };
    }
    const old = Date.now() - newest.createdAt > DAYS_WITHOUT * 86_400_000;
    const detail = `the newest is of ${dateTime(newest.createdAt)}`;
    return old
      ? { ...base, status: 'warning', detail, remedy: 'Make one now: drydock backup create' }
      : { ...base, status: 'ok', detail, remedy: null };
  }

  return [database, backup];
}
