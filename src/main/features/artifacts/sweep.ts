import { setImmediate as turn } from 'node:timers/promises';
import type { ArtifactsStore, Sizes } from './store.ts';

const DAY_MS = 86_400_000;
const GONE_MS = 90 * DAY_MS;
const MOST_BYTES = 512 * 1024 * 1024;

/** How many are looked at or removed before other work gets its turn. */
const AT_ONCE = 20;
const ENTRIES_AT_ONCE = 500;
const SIZES_AT_ONCE = 100;

/** What no file has any more is kept for so long, and so much of everything. */
export interface SweepRules {
  goneMs?: number;
  mostBytes?: number;
}

/**
 * Removes what no file has had for 90 days unless a recorded run has deployed it; beyond 512 MB also
 * what was built over since, oldest first, what runs have deployed last. What is in a project's
 * folder stays. Takes pauses; it goes on the next time when `isOver`.
 */
export async function sweep(
  store: ArtifactsStore,
  isOver: () => boolean,
  { goneMs = GONE_MS, mostBytes = MOST_BYTES }: SweepRules = {},
): Promise<void> {
  let removed = 0;
  const remove = async (next: () => number[]): Promise<void> => {
    for (let ids = next(); ids.length > 0 && !isOver(); ids = next()) {
      store.remove(ids);
      removed += ids.length;
      await turn();
    }
  };
  await remove(() => store.goneBefore(Date.now() - goneMs, AT_ONCE));
  let excess = -mostBytes;
  for (const table of ['artifacts', 'sources'] as const) {
    for (let after: number | null = 0; after !== null && !isOver(); await turn()) {
      const { bytes, last }: Sizes = store.bytes(table, after, SIZES_AT_ONCE);
      excess += bytes;
      after = last;
    }
  }
  await remove(() => {
    if (excess <= 0) return [];
    const oldest = store.oldestGone(AT_ONCE);
    excess -= oldest.reduce((sum, { bytes }) => sum + bytes, 0);
    return oldest.map(({ id }) => id);
  });
  if (removed === 0) return;
  for (const table of ['entries', 'sources'] as const) {
    for (let from: number | null = 0; from !== null && !isOver(); await turn()) {
      from = store.removeUnused(table, from, ENTRIES_AT_ONCE);
    }
  }
}
