import { databaseChecks } from './checks.ts';
import {
  defaultRetention,
  type NewKey,
  type Pruned,
  type Retention,
  retention,
  type Stats,
} from './contract.ts';
import type { DataDependencies } from './dependencies.ts';
import { housekeeping } from './housekeeping.ts';
import { asResult, carryOut, planPrune } from './prune.ts';
import { collectStats } from './stats.ts';
import { watchStorage } from './storage-watch.ts';

export function dataService(deps: DataDependencies) {
  const { store, logger, changed } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const tell = () => changed({ topic: 'data' });
  const checks = databaseChecks({
    home: deps.home,
    logger,
    changed: tell,
    paused: deps.checkpoints.paused,
    signal,
  });
  let clearing: Promise<void> | undefined;
  let pruning: Promise<Pruned> | undefined;

  const rules = (): Retention => {
    const stored = Object.fromEntries(store.rules().map(({ rule, value }) => [rule, value]));
    return { ...defaultRetention, ...retention.partial().parse(stored) };
  };

  async function pruneNow(): Promise<Pruned> {
    const kept = rules();
    const result = await carryOut(deps, await planPrune(deps, kept, signal), kept, signal);
    store.ended('prune');
    logger.info(
      {
        bytes: result.bytes,
        logs: result.logs.runs,
        snapshots: result.snapshots.length,
        backups: result.backups.length,
        caches: result.caches.length,
        traces: result.traces.transactions,
        problems: result.problems,
      },
      'pruned',
    );
    return result;
  }

  /** While one is at work, returns that one. */
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
      backup: async () => void (await deps.backups.create('daily')),
      prune: async () => void (await prune()),
    },
  });
  const storage = watchStorage(deps.home, deps.isPresent, tell);

  return {
    newKey(): NewKey {
      const made = deps.key.startAnew();
      if (made.replaced) {
        logger.warn({ keptAt: made.keptAt }, 'secrets are sealed under a new key');
        for (const topic of ['networks', 'webhooks'] as const) changed({ topic });
      }
      return { ...made, lost: deps.unreadableSecrets() };
    },
    stats: (): Promise<Stats> => collectStats(deps, signal),
    retention: rules,
    setRetention(patch: Partial<Retention>): Retention {
      const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
      store.putRules(entries as [string, number | null][]);
      tell();
      return rules();
    },
    prune: async (dryRun: boolean): Promise<Pruned> =>
      dryRun ? asResult(await planPrune(deps, rules(), signal), true) : prune(),
    check: checks.run,
    lastCheck: checks.last,
    storage: storage.now,
    writeFailed: storage.failed,

    /** For a core that stays open: looks at the database, then after it day by day. */
    begin(): void {
      checks.run('quick').catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'the database could not be checked');
      });
      clearing = deps.checkpoints.keptClear(signal).catch((error: unknown) => {
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
