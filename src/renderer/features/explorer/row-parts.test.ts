import { expect, test } from 'vitest';
import { partsInView, rowWindow } from './row-parts.ts';

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

test.each([
  [0, 0, 0, 0],
  [7, 0, 0, 7],
  [25, 0, 0, 10],
  [25, 10, 10, 20],
  [25, 20, 20, 25],
  // The chain was taken back meanwhile.
  [12, 20, 10, 12],
  [0, 20, 0, 0],
])('of %i rows the window from %i on has those from %i to %i', (count, asked, start, end) => {
  expect(rowWindow(count, asked, 10)).toEqual({ start, end });
});

test('windows have every row of a list once', () => {
  const rows: number[] = [];
  for (let at = 0; at < 25; ) {
    const { start, end } = rowWindow(25, at, 10);
    for (let i = start; i < end; i++) rows.push(i);
    at = end;
  }
  expect(rows).toEqual(Array.from({ length: 25 }, (_, i) => i));
});
