import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { newestBackup } from '../../db/backup-files.ts';
import { databaseFile } from '../../db/database-file.ts';
import { runInWorker } from '../../db/run-in-worker.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { makeFolderBelow } from '../../lib/make-folder-below.ts';
import type { DatabaseCheck } from './contract.ts';

const shape = z.object({
  state: z.enum(['ok', 'partial', 'damaged']),
  depth: z.enum(['quick', 'full']),
  checkedAt: z.int(),
  problems: z.array(z.string()),
});
type Found = z.infer<typeof shape>;

/** The check at start gives up after this; a full one takes as long as it takes. */
const BUDGET_MS = 20_000;

/** What the last check of a data folder's database has found, also one of an earlier core. */
export function lastCheckOf(home: string): DatabaseCheck {
  let found: Found | undefined;
  try {
    found = shape.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    // Never checked.
  }
  const backup = newestBackup(home);
  return {
    state: found?.state ?? 'unchecked',
    depth: found?.depth ?? 'quick',
    checkedAt: found?.checkedAt ?? null,
    problems: found?.problems ?? [],
    newestBackup: backup ? { name: backup.name, createdAt: backup.createdAt } : null,
  };
}

const fileOf = (home: string) => path.join(home, 'run', 'database-check.json');

/** Looks whether the database is whole, in a thread of its own. Only tells: it changes nothing. */
export function databaseChecks(deps: {
  home: string;
  logger: Logger;
  changed: () => void;
  paused: <T>(work: () => Promise<T>) => Promise<T>;
  signal: AbortSignal;
}) {
  const { home, logger } = deps;
  let running: Promise<DatabaseCheck> | undefined;

  async function look(depth: 'quick' | 'full'): Promise<DatabaseCheck> {
    const budgetMs = depth === 'quick' ? BUDGET_MS : null;
    const task = { do: 'check', file: databaseFile(home), depth, budgetMs } as const;
    const { complete, problems } = await deps.paused(() => runInWorker(task, deps.signal));
    const state = problems.length > 0 ? 'damaged' : complete ? 'ok' : 'partial';
    const found: Found = { state, depth, checkedAt: Date.now(), problems };
    if (state === 'damaged') logger.error({ problems }, 'the database is damaged');
    try {
      await makeFolderBelow(home, path.dirname(fileOf(home)));
      await despiteLocks(() =>
        writeFileAtomic(fileOf(home), `${JSON.stringify(found)}\n`, { mode: 0o600 }),
      );
    } catch (error) {
      logger.warn({ err: error }, 'the result of the check could not be kept');
    }
    return { ...lastCheckOf(home), ...found };
  }

  return {
    last: (): DatabaseCheck => ({
      ...lastCheckOf(home),
      ...(running ? { state: 'checking' as const } : {}),
    }),
    settled: () => Promise.resolve(running).catch(() => undefined),
    /** One after the other. */
    run(depth: 'quick' | 'full'): Promise<DatabaseCheck> {
      const before = running ?? Promise.resolve();
      const mine: Promise<DatabaseCheck> = before
        .catch(() => undefined)
        .then(() => look(depth))
        .finally(() => {
          if (running === mine) running = undefined;
          deps.changed();
        });
      running = mine;
      deps.changed();
      return mine;
    },
  };
}
