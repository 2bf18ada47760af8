import type { Snapshot } from '#main/features/chains/contract.ts';

/** The number of latest snapshots that are always shown. */
const LATEST = 5;

/** Hides older automatic snapshots, so that the chain's current position is in view. */
export function foldOlder<T extends Pick<Snapshot, 'automatic' | 'current' | 'pinned' | 'note'>>(
  oldestFirst: readonly T[],
): readonly T[] {
  const latestFrom = oldestFirst.length - LATEST;
  const shown = oldestFirst.filter(
    (one, index) =>
      index >= latestFrom || one.current || one.pinned || one.note !== '' || !one.automatic,
  );
  // A button in place of a single entry would save nothing.
  return oldestFirst.length - shown.length > 1 ? shown : oldestFirst;
}
