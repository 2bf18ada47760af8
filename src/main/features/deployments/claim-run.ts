import type { DeploymentsContext } from './context.ts';

/**
 * Makes a queued run this core's running one: in its row, its locks and its journal, or in none of
 * them. Returns false when another run holds a lock that it needs, or the limit of concurrent runs
 * is reached.
 */
export function claimRun(context: DeploymentsContext, id: number): boolean {
  const { store, journal, deps } = context;
  const isOurs = store.transaction(() => {
    if (!store.claim(id, deps.owner, deps.settings().concurrentRuns)) return false;
    journal.append(id, [{ at: Date.now(), type: 'status', status: 'running' }]);
    return true;
  });
  if (isOurs) context.changed(id);
  return isOurs;
}
