import { expect, test } from 'vitest';
import { partsInView } from './row-parts.ts';

test.each([
  [0, 0, 0, []],
  [1, 0, 1, [0]],
  [100, 0, 100, [0]],
  [101, 0, 1, [1]],
  [101, 0, 2, [1, 0]],
  [100_000, 0, 50, [999]],
  [100_000, 50, 150, [999, 998]],
  [100_000, 99_950, 100_000, [0]],
])('of %i rows those from %i up to %i', (count, first, end, parts) => {
  expect(partsInView(count, { first, end })).toEqual(parts);
});
