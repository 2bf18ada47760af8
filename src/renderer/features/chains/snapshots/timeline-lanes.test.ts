import { expect, it } from 'vitest';
import { lanesIn, timelineLanes } from './timeline-lanes.ts';

const snapshots = (...parents: (number | null)[]) =>
  parents.map((parent, i) => ({ id: i + 1, parent }));

it('is one line as long as nothing was reverted', () => {
  const rows = timelineLanes(snapshots(null, 1, 2), snapshots(null, 1, 2));
  expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 0]);
  expect(rows.map(({ above }) => above)).toEqual([[], [0], [0]]);
  expect(rows.map(({ below }) => below)).toEqual([[0], [0], []]);
  expect(lanesIn(rows)).toBe(1);
  expect(timelineLanes([], [])).toEqual([]);
  expect(lanesIn([])).toBe(1);
});

it('goes on beside what was taken on the same one before', () => {
  // 2 and 3 on 1; 4, 5 on 1 after a revert; 6 goes on with 3.
  const all = snapshots(null, 1, 2, 1, 4, 3);
  const rows = timelineLanes(all, all);
  expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 0, 1, 1, 0]);
  expect(rows[0]).toEqual({ lane: 0, above: [], below: [0, 1], branches: [1] });
  expect(rows[2]).toEqual({ lane: 0, above: [0, 1], below: [0, 1], branches: [] });
  expect(rows[4]).toEqual({ lane: 1, above: [0, 1], below: [0], branches: [] });
  expect(lanesIn(rows)).toBe(2);
});

it('uses a lane again once it has ended', () => {
  const all = snapshots(null, 1, 1, 1, 4, 4);
  // 2 in lane 0; 3 and 4 leave 1; 5 goes on with 4; 6 leaves 4, where 3 has ended by then.
  const lanes = timelineLanes(all, all).map(({ lane }) => lane);
  expect(lanes).toEqual([0, 0, 1, 2, 2, 0]);
});

it('follows the next one before that is shown where one is folded away or deleted', () => {
  const all = snapshots(null, 1, 2, 3);
  const shown = all.filter(({ id }) => id !== 2 && id !== 3);
  expect(timelineLanes(all, shown).map(({ lane }) => lane)).toEqual([0, 0]);
  const lost = [
    { id: 5, parent: null },
    { id: 7, parent: 6 },
  ];
  const rows = timelineLanes(lost, lost);
  expect(rows.map(({ lane, above }) => [lane, above])).toEqual([
    [0, []],
    [0, []],
  ]);
});

it('places hundreds that branch everywhere', () => {
  const all = Array.from({ length: 500 }, (_, i) => ({
    id: i + 1,
    parent: i === 0 ? null : Math.max(1, i - (i % 7)),
  }));
  const rows = timelineLanes(all, all);
  expect(rows).toHaveLength(500);
  for (const [row, { lane, above, below }] of rows.entries()) {
    const isBegun = all[row]?.parent === null || above.includes(lane);
    expect(isBegun, `row ${row}`).toBe(true);
    // Each line that goes on below comes from above in the next row.
    const next = rows[row + 1];
    expect(next?.above ?? [], `row ${row}`).toEqual(below);
  }
});
