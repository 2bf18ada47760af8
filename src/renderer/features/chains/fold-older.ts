import type { Snapshot } from '#main/features/chains/contract.ts';

/** So many of the latest are always shown. */
const LATEST = 5;

/** Without the older automatic ones, so that the point where the chain stands is in view. */
export function foldOlder<T extends Pick<Snapshot, 'automatic' | 'current'>>(
  oldestFirst: readonly T[],
): readonly T[] {
  const latestFrom = oldestFirst.length - LATEST;
  const shown = oldestFirst.filter(
    (one, index) => index >= latestFrom || one.current || !one.automatic,
  );
  // A button in place of a single one would save nothing.
  return oldestFirst.length - shown.length > 1 ? shown : oldestFirst;
}
