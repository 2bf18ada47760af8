import { databaseChecks } from './checks.ts';
import {
  defaultRetention,
  type Pruned,
  type Retention,
  retention,
  type Stats,
} from './contract.ts';
import { housekeeping } from './housekeeping.ts';
import type { DataParts } from './parts.ts';
import { asResult, carryOut, planPrune } from './prune.ts';
import { collectStats } from './stats.ts';
import { watchStorage } from './storage-watch.ts';

export function dataService(parts: DataParts) {
  const { store, logger, changed } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  const tell = () => changed({ topic: 'data' });
  const checks = databaseChecks({
    home: parts.home,
    logger,
    changed: tell,
    paused: parts.checkpoints.paused,
    signal,
  });
  let clearing: Promise<void> | undefined;
  let pruning: Promise<Pruned> | undefined;

  const rules = (): Retention => {
    const stored = Object.fromEntries(store.rules().map(({ rule, value }) => [rule, value]));
    return { ...defaultRetention, ...retention.partial().parse(stored) };
  };

  async function pruneNow(): Promise<Pruned> {
    const plan = await planPrune(parts, rules(), signal);
    const result = await carryOut(parts, plan, signal);
    store.ended('prune');
    logger.info(
      {
        bytes: result.bytes,
        logs: result.logs.runs,
        snapshots: result.snapshots.length,
        backups: result.backups.length,
        caches: result.caches.length,
        problems: result.problems,
      },
      'pruned',
    );
    return result;
  }

  /** Asked for again while one is at work, it answers that one. */
  function prune(): Promise<Pruned> {
    pruning ??= pruneNow().finally(() => {
      pruning = undefined;
      tell();
    });
    return pruning;
  }

  const daily = housekeeping({
    store,
    logger,
    tasks: {
      backup: async () => void (await parts.backups.create('daily')),
      prune: async () => void (await prune()),
    },
  });
  const storage = watchStorage(parts.home, tell);

  return {
    stats: (): Promise<Stats> => collectStats(parts, signal),
    retention: rules,
    setRetention(patch: Partial<Retention>): Retention {
      const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
      store.putRules(entries as [string, number | null][]);
      tell();
      return rules();
    },
    prune: async (dryRun: boolean): Promise<Pruned> =>
      dryRun ? asResult(await planPrune(parts, rules(), signal), true) : prune(),
    check: checks.run,
    lastCheck: checks.last,
    storage: storage.now,
    writeFailed: storage.failed,

    /** For a core that stays open: looks at the database, then after it day by day. */
    begin(): void {
      checks.run('quick').catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'the database could not be checked');
      });
      clearing = parts.checkpoints.keptClear(signal).catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'the log is no longer cleared aside');
      });
      daily.begin();
      storage.begin();
    },

    async close(): Promise<void> {
      closing.abort(new Error('Drydock is closing'));
      daily.end();
      storage.end();
      await Promise.allSettled([pruning, checks.settled(), clearing]);
    },
  };
}

export type DataService = ReturnType<typeof dataService>;
