import { laneLeft } from './lane-place.ts';
import type { LaneRow } from './timeline-lanes.ts';
import { UNIT } from './timeline-rows.ts';

/** Of a mark, from the top of what it stands beside, px. */
const MIDDLE = 17;
const BEND = 14;
const RADIUS = 6;

interface LaneLinesProps {
  row: LaneRow;
  /** In units. */
  height: number;
  /** What stands above the snapshot within the row, in units. */
  heading: number;
}

/** The lines of the timeline in one row: what follows what. */
export function LaneLines({ row, height, heading }: LaneLinesProps) {
  const { lane, above, below, branches } = row;
  const middle = heading * UNIT + MIDDLE;
  const end = height * UNIT;
  const lines = [
    ...above.map((at) => `M${laneLeft(at)} 0V${below.includes(at) ? end : middle}`),
    ...below
      .filter((at) => !above.includes(at) && !branches.includes(at))
      .map((at) => `M${laneLeft(at)} ${middle}V${end}`),
    ...branches.map((at) => {
      const [from, to] = [laneLeft(lane), laneLeft(at)];
      const side = to < from ? -1 : 1;
      const bend = middle + BEND;
      return `M${from} ${middle}V${bend - RADIUS}Q${from} ${bend} ${from + side * RADIUS} ${bend}H${to - side * RADIUS}Q${to} ${bend} ${to} ${bend + RADIUS}V${end}`;
    }),
  ];
  return (
    <svg
      aria-hidden="true"
      data-branches={branches.length}
      className="pointer-events-none absolute top-0 left-0 w-full stroke-line-strong"
      height={end}
    >
      <path d={lines.join('')} fill="none" strokeWidth={1} />
    </svg>
  );
}
