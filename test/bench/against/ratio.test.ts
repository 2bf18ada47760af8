import { expect, test } from 'vitest';
import { pairFigure, upperBound } from './ratio.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

// The order statistics of Binomial(n, 1/2), as tables of the sign test have them.
test.each([
  [5, 5],
  [8, 7],
  [10, 9],
  [20, 15],
  [30, 20],
])('of %i ratios the bound is the %ith smallest', (n, k) => {
  expect(upperBound(upTo(n).reverse())).toBe(k);
});

test('a few ratios bound nothing', () => {
  expect(upperBound(upTo(4))).toBe(Number.POSITIVE_INFINITY);
});

test('what is as fast passes, and what is a tenth slower fails', () => {
  const slower = (by: number) => upTo(30).map((i) => ({ before: 100 + i, now: (100 + i) * by }));
  expect(pairFigure('same', slower(1)).met).toBe(true);
  expect(pairFigure('slower', slower(1.1)).met).toBe(false);
});
