import type { Db } from '../../db/open.ts';
import { resultsOf } from '../../families/results.ts';
import type { Result } from '../../shared/result.ts';
import { journalStore } from './journal-store.ts';
import { limitsStore } from './limits-store.ts';
import { queueStore } from './queue-store.ts';
import { runsStore } from './runs-store.ts';

/** Everything that is recorded about deployments. */
export function deploymentsStore(db: Db) {
  const runs = runsStore(db);
  const results = resultsOf(db);
  return {
    ...runs,
    ...queueStore(db),
    ...journalStore(db),
    ...limitsStore(db),

    /** Contracts by network and address. */
    contracts: results.contracts,
    /** What is live on a network, newest first, each with an address of something in it. */
    live: results.contracts.liveOn,
    /**
     * Writes the result of a run, and its summary.
     *
     * @param news the parts of `whole` that are not stored yet
     */
    putResult(id: number, whole: Result, news: Result = whole): void {
      runs.update(id, { summary: results.put(id, whole, news) });
    },
    result(id: number): Result | null {
      const row = runs.byId(id);
      return row ? results.read(id, row.family, row.summary) : null;
    },

    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type DeploymentsStore = ReturnType<typeof deploymentsStore>;
