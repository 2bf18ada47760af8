import type { Logger } from 'pino';
import type { Change } from '../app/contract.ts';
import type { Repair } from './contract.ts';
import type { RepairsStore } from './store.ts';

const EVERY_MS = 60_000;

export interface ReconcilerDependencies {
  store: RepairsStore;
  logger: Logger;
  /** Each compares one kind of record with what is really there, and says what it repaired. */
  passes: () => Promise<readonly (() => Promise<string[]>)[]>;
  changed: (change: Change) => void;
}

/** Runs the passes one after the other, at start, every minute, and when asked. */
export function reconcilerOf({ store, logger, passes, changed }: ReconcilerDependencies) {
  let timer: NodeJS.Timeout | undefined;
  let underway: Promise<Repair[]> | undefined;

  async function pass(): Promise<Repair[]> {
    const done: string[] = [];
    for (const reconcile of await passes()) {
      try {
        done.push(...(await reconcile()));
      } catch (error) {
        logger.error({ err: error }, 'a reconciliation pass failed');
      }
    }
    if (done.length === 0) return [];
    logger.warn({ repairs: done }, 'repaired');
    const repairs = store.add(Date.now(), done);
    changed({ topic: 'repairs' });
    return repairs;
  }

  const run = (): Promise<Repair[]> => {
    underway ??= pass().finally(() => {
      underway = undefined;
    });
    return underway;
  };

  return {
    run,
    repairs: (limit: number) => store.newest(limit),
    everyMinute(): void {
      timer = setInterval(run, EVERY_MS);
      timer.unref();
    },
    async close(): Promise<void> {
      clearInterval(timer);
      await underway;
    },
  };
}

export type Reconciler = ReturnType<typeof reconcilerOf>;
