import { expect, it } from 'vitest';
import { heightOf, rowsWithin, timelineRows } from './timeline-rows.ts';

const run = (id: number) => ({ id, number: id, project: 'vault', title: 'Deploy.s.sol run()' });
const snapshot = (id: number, more: { run?: number; note?: string; current?: boolean } = {}) => ({
  ...{ id, automatic: true, current: more.current ?? false, note: more.note ?? '' },
  run: more.run === undefined ? null : run(more.run),
});

it('has one heading for neighbours of one deployment, and none for a single one', () => {
  const rows = timelineRows(
    [
      snapshot(1, { run: 7 }),
      snapshot(2, { run: 7 }),
      snapshot(3, { run: 8 }),
      snapshot(4),
      snapshot(5),
      snapshot(6, { run: 7 }),
    ],
    'details',
  );
  expect(rows.map(({ heading }) => heading?.id ?? null)).toEqual([7, null, null, null, null, null]);
  expect(rows.map(({ isGrouped }) => isGrouped)).toEqual([true, true, false, false, false, false]);
  expect(rows.map(({ top }) => top)).toEqual([0, 4, 7, 10, 13, 16]);
});

it('gives room to a note and to where the chain is', () => {
  const rows = timelineRows(
    [snapshot(1, { note: 'tokens' }), snapshot(2, { current: true })],
    'details',
  );
  expect(rows.map(({ height }) => height)).toEqual([4, 4]);
  expect(heightOf(rows)).toBe(8);
  expect(heightOf([])).toBe(0);
});

it('finds the rows that reach into a range', () => {
  const rows = timelineRows(
    [1, 2, 3, 4].map((id) => snapshot(id)),
    'details',
  );
  const { rows: found, before, after } = rowsWithin(rows, 4, 7);
  expect(found.map((row) => row.snapshot.id)).toEqual([2, 3]);
  expect([before, after]).toEqual([3, 3]);
  expect(rowsWithin(rows, 0, 100)).toMatchObject({ before: 0, after: 0 });
  expect(rowsWithin([], 0, 100)).toEqual({ rows: [], before: 0, after: 0 });
});

it('is one unit for each from afar, without headings', () => {
  const all = [snapshot(1, { run: 7, note: 'tokens' }), snapshot(2, { run: 7, current: true })];
  const rows = timelineRows(all, 'marks');
  expect(rows.map(({ top, height, heading }) => [top, height, heading])).toEqual([
    [0, 1, null],
    [1, 1, null],
  ]);
});
