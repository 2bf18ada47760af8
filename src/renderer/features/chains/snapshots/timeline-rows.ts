import type { Snapshot } from '#main/features/chains/contract.ts';
import type { Zoom } from './timeline-zoom.ts';

type Shown = Pick<Snapshot, 'id' | 'automatic' | 'current' | 'note' | 'run'>;

/** A snapshot with its place in the timeline, in units. */
export interface TimelineRow<T extends Shown = Snapshot> {
  snapshot: T;
  /** The deployment that it and its neighbours were taken for, told above the first of them. */
  heading: NonNullable<T['run']> | null;
  /** One of several neighbours that were taken for one deployment. */
  isGrouped: boolean;
  top: number;
  height: number;
}

/**
 * Places snapshots one below the other. Neighbours that were taken for the same deployment have one
 * heading; a single one has none. From afar each is one unit high, without headings.
 */
export function timelineRows<T extends Shown>(
  snapshots: readonly T[],
  zoom: Zoom,
): TimelineRow<T>[] {
  if (zoom !== 'details') {
    return snapshots.map((snapshot, top) => ({
      ...{ snapshot, heading: null, isGrouped: false, top, height: 1 },
    }));
  }
  const rows: TimelineRow<T>[] = [];
  let top = 0;
  for (const [index, snapshot] of snapshots.entries()) {
    const { run } = snapshot;
    const follows = run !== null && snapshots[index - 1]?.run?.id === run.id;
    const isFollowed = run !== null && snapshots[index + 1]?.run?.id === run.id;
    const heading = isFollowed && !follows ? (run as NonNullable<T['run']>) : null;
    const height =
      3 + (heading ? 1 : 0) + (snapshot.note === '' ? 0 : 1) + (snapshot.current ? 1 : 0);
    rows.push({ snapshot, heading, isGrouped: follows || isFollowed, top, height });
    top += height;
  }
  return rows;
}

const endOf = (row: Pick<TimelineRow, 'top' | 'height'> | undefined): number =>
  row ? row.top + row.height : 0;

/** The height of all rows together. */
export const heightOf = (rows: readonly Pick<TimelineRow, 'top' | 'height'>[]): number =>
  endOf(rows.at(-1));

/** The rows that reach into a range, and how much room those before and after them take. */
export function rowsWithin<R extends Pick<TimelineRow, 'top' | 'height'>>(
  rows: readonly R[],
  first: number,
  end: number,
): { rows: readonly R[]; before: number; after: number } {
  const within = rows.filter((row) => endOf(row) > first && row.top < end);
  const [before, all] = [within[0]?.top ?? 0, heightOf(rows)];
  return { rows: within, before, after: within.length > 0 ? all - endOf(within.at(-1)) : all };
}
