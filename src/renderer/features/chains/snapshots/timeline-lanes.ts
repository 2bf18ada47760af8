import type { Snapshot } from '#main/features/chains/contract.ts';

type Placed = Pick<Snapshot, 'id' | 'parent'>;

/** What is drawn beside a snapshot: its own lane, and the lines of all of them. Lanes count from 0. */
export interface LaneRow {
  lane: number;
  /** That come from above, to the middle of the row where they end in it. */
  above: readonly number[];
  /** That go on below. */
  below: readonly number[];
  /** That begin here, from its own one. */
  branches: readonly number[];
}

interface Path {
  lane: number;
  /** The row that it leaves; its own first one where it leaves none. */
  from: number;
  rows: number[];
}

/**
 * Places snapshots, the oldest first, in lanes: what was taken first on one goes on in its lane, what
 * was taken on it after a revert begins another one beside it.
 *
 * @param all also those that are not shown: what follows one of these follows the next one before it
 */
export function timelineLanes(all: readonly Placed[], shown: readonly Placed[]): LaneRow[] {
  const rowOf = new Map(shown.map(({ id }, row) => [id, row]));
  const parentOf = new Map(all.map(({ id, parent }) => [id, parent]));
  const paths: Path[] = [];
  const pathAt: Path[] = [];
  for (const [row, { parent }] of shown.entries()) {
    const before = shownBefore(parent, rowOf, parentOf);
    const path = before === null ? undefined : pathAt[before];
    if (path && path.rows.at(-1) === before) path.rows.push(row);
    else paths.push({ lane: 0, from: before ?? row, rows: [row] });
    pathAt.push(path?.rows.at(-1) === row ? path : (paths.at(-1) as Path));
  }
  placeIn(paths);
  return shown.map((_, row) => rowAt(row, pathAt[row] as Path, paths));
}

/** The most lanes beside each other. */
export const lanesIn = (rows: readonly LaneRow[]): number =>
  rows.reduce((most, { lane, below }) => Math.max(most, lane + 1, ...below.map((l) => l + 1)), 1);

function shownBefore(
  parent: number | null,
  rowOf: ReadonlyMap<number, number>,
  parentOf: ReadonlyMap<number, number | null>,
): number | null {
  for (let at = parent; at !== null; at = parentOf.get(at) ?? null) {
    const row = rowOf.get(at);
    if (row !== undefined) return row;
  }
  return null;
}

/** Gives each path the first lane that is free for as long as it is. */
function placeIn(paths: readonly Path[]): void {
  const ends: number[] = [];
  for (const path of paths.toSorted((a, b) => a.from - b.from)) {
    const end = path.rows.at(-1) ?? path.from;
    const free = ends.findIndex((last) => last < path.from);
    path.lane = free < 0 ? ends.length : free;
    ends[path.lane] = end;
  }
}

function rowAt(row: number, { lane }: Path, paths: readonly Path[]): LaneRow {
  const above: number[] = [];
  const below: number[] = [];
  const branches: number[] = [];
  for (const { lane: at, from, rows } of paths) {
    const last = rows.at(-1) ?? from;
    if (from < row && row <= last) above.push(at);
    if (from <= row && row < last) below.push(at);
    if (from === row && rows[0] !== row) branches.push(at);
  }
  return { lane, above, below, branches };
}
