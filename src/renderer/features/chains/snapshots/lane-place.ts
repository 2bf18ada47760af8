/** More than these are drawn on the last one: the names need the room. */
const MOST_BESIDE = 5;
const WIDTH = 12;

const drawn = (lane: number): number => Math.min(lane, MOST_BESIDE - 1);

/** The line of a lane, from the left, px. */
export const laneLeft = (lane: number): number => 9 + drawn(lane) * WIDTH;

/** Where what stands beside so many lanes begins, px. */
export const besideLanes = (lanes: number): number => 22 + drawn(lanes - 1) * WIDTH;
