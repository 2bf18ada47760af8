import type { Snapshot } from '../chains/contract.ts';
import type { WatchRow } from './store.ts';

/**
 * The snapshot of the state that was left when the good run was taken back: made then, or the one
 * that the chain stood on, if that was the same state. undefined: it was deleted.
 */
export function leftState(
  snapshots: readonly Snapshot[],
  { takenBackAt, leftId, goodId }: WatchRow,
): Snapshot | undefined {
  const since = takenBackAt ?? Number.POSITIVE_INFINITY;
  const made = snapshots
    .filter(({ automatic, createdAt }) => automatic && createdAt >= since)
    // A later run keeps the state before itself, which is that before the good one.
    .filter(({ run }) => run === null || goodId === null || run.id <= goodId)
    .sort((a, b) => a.id - b.id);
  return made[0] ?? snapshots.find(({ id }) => id === leftId);
}
