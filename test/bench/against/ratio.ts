import { type Figure, round } from '../figure.ts';
import { median } from '../samples.ts';

/** Milliseconds of the same work, measured one right after the other. */
export interface Pair {
  before: number;
  now: number;
}

/** How much slower than before is too slow. */
const MOST = 1.08;

/**
 * An upper 95 % bound of the median of what the ratios are samples of. It assumes nothing of their
 * distribution: each lies below the true median with probability 1/2, so the k-th smallest of n is
 * above it unless k or more are below, which happens with P(Binomial(n, 1/2) ≥ k). The bound is the
 * smallest k-th for which that is at most 5 %: of 30 the 20th, and of fewer than 5 there is none.
 */
export function upperBound(ratios: readonly number[]): number {
  const sorted = [...ratios].sort((a, b) => a - b);
  const n = sorted.length;
  let atLeast = 1;
  let exactly = 0.5 ** n;
  for (let k = 0; k <= n; k++) {
    if (atLeast <= 0.05) return sorted[k - 1] ?? Number.POSITIVE_INFINITY;
    atLeast -= exactly;
    exactly *= (n - k) / (k + 1);
  }
  return Number.POSITIVE_INFINITY;
}

/** The median of now/before, which fails when its upper bound is over the most. */
export function pairFigure(name: string, pairs: readonly Pair[]): Figure {
  const ratios = pairs.map(({ before, now }) => now / before);
  const middle = median(ratios);
  const bound = upperBound(ratios);
  const before = median(pairs.map((pair) => pair.before));
  const now = median(pairs.map((pair) => pair.now));
  return {
    name,
    target: `bound ≤ ${MOST} ×`,
    measured: `${middle.toFixed(3)} ×, bound ${bound.toFixed(3)} × (${now.toFixed(0)} of ${before.toFixed(0)} ms)`,
    met: bound <= MOST,
    details: {
      ratio: round(middle, 4),
      bound: round(bound, 4),
      before: pairs.map((pair) => round(pair.before, 2)),
      now: pairs.map((pair) => round(pair.now, 2)),
    },
  };
}

/** So many pairs, each side first every other time. The first pair warms up and isn't counted. */
export async function measurePairs(
  count: number,
  before: (round: number) => Promise<number>,
  now: (round: number) => Promise<number>,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let i = 0; i <= count; i++) {
    const pair = { before: 0, now: 0 };
    if (i % 2 === 0) pair.before = await before(i);
    pair.now = await now(i);
    if (i % 2 === 1) pair.before = await before(i);
    if (i > 0) pairs.push(pair);
  }
  return pairs;
}
