import { laneLeft } from './lane-place.ts';
import type { LaneRow } from './timeline-lanes.ts';
import type { Scale } from './timeline-zoom.ts';

interface LaneLinesProps {
  row: LaneRow;
  /** In units. */
  height: number;
  /** What stands above the snapshot within the row, in units. */
  heading: number;
  scale: Scale;
}

/** The lines of the timeline in one row: what follows what. */
export function LaneLines({ row, height, heading, scale }: LaneLinesProps) {
  const { lane, above, below, branches } = row;
  const { unit, radius } = scale;
  const middle = heading * unit + scale.middle;
  const end = height * unit;
  const lines = [
    ...above.map((at) => `M${laneLeft(at)} 0V${below.includes(at) ? end : middle}`),
    ...below
      .filter((at) => !above.includes(at) && !branches.includes(at))
      .map((at) => `M${laneLeft(at)} ${middle}V${end}`),
    ...branches.map((at) => {
      const [from, to] = [laneLeft(lane), laneLeft(at)];
      const side = to < from ? -1 : 1;
      const bend = middle + scale.bend;
      return `M${from} ${middle}V${bend - radius}Q${from} ${bend} ${from + side * radius} ${bend}H${to - side * radius}Q${to} ${bend} ${to} ${bend + radius}V${end}`;
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
