import { isFinal } from '../../shared/final.ts';
import type { JournalEvent } from '../../shared/run.ts';
import type { DeploymentsContext } from './context.ts';
import type { Queue } from './queue.ts';

/** How often to look for events that other cores write, ms. */
const FOREIGN_LOOK_MS = 250;

/**
 * Its journal after `after`, then live events, until the run ends or about `limit` events were
 * given.
 */
export function watchRun(
  { store, journal }: DeploymentsContext,
  queue: Queue,
  id: number,
  after: number,
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<JournalEvent[], void> {
  return journal.follow(id, {
    after,
    limit,
    signal,
    isLast: (event) => event.type === 'status' && isFinal(event.status),
    isOver: () => isFinal(store.status(id) ?? 'interrupted'),
    foreignMs: queue.isActive(id) ? undefined : FOREIGN_LOOK_MS,
  });
}
