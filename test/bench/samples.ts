export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

export interface Pairs {
  ours: number[];
  bare: number[];
}

/**
 * Measures two ways of doing the same, turn by turn and each first every other time, so that a busy
 * machine and a growing chain hit both alike. Both answer milliseconds.
 */
export async function interleave(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<Pairs> {
  const pairs: Pairs = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) pairs.ours.push(await ours());
    pairs.bare.push(await bare());
    if (round % 2 === 1) pairs.ours.push(await ours());
  }
  return pairs;
}
