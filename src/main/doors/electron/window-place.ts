import type { Rectangle } from 'electron';

export interface DisplayArea {
  id: number;
  /** Without bars and docks of the system. */
  workArea: Rectangle;
}

export interface SavedPlace {
  bounds: Rectangle;
  /** As it was; null: a version that didn't note it. */
  display: DisplayArea | null;
}

/**
 * Where a window goes that was at `saved`: at the same place of the same display, wherever that
 * display is now; in the middle of the primary one when that display is gone. All of the window is
 * on the screen, smaller where the screen is.
 */
export function placeOf(
  { bounds, display }: SavedPlace,
  displays: readonly DisplayArea[],
  primary: DisplayArea,
): Rectangle {
  const same = display
    ? displays.find(({ id }) => id === display.id)
    : mostCovered(bounds, displays);
  if (!same) return within(primary.workArea, centred(bounds, primary.workArea));
  const from = display?.workArea ?? same.workArea;
  return within(same.workArea, {
    ...bounds,
    x: bounds.x - from.x + same.workArea.x,
    y: bounds.y - from.y + same.workArea.y,
  });
}

const overlap = (start: number, length: number, from: number, room: number): number =>
  Math.max(0, Math.min(start + length, from + room) - Math.max(start, from));

function mostCovered(
  { x, y, width, height }: Rectangle,
  displays: readonly DisplayArea[],
): DisplayArea | undefined {
  const covered = ({ workArea: area }: DisplayArea) =>
    overlap(x, width, area.x, area.width) * overlap(y, height, area.y, area.height);
  const [most] = displays.toSorted((one, other) => covered(other) - covered(one));
  return most && covered(most) > 0 ? most : undefined;
}

const centred = ({ width, height }: Rectangle, area: Rectangle): Rectangle => ({
  x: Math.round(area.x + (area.width - width) / 2),
  y: Math.round(area.y + (area.height - height) / 2),
  width,
  height,
});

function within(area: Rectangle, bounds: Rectangle): Rectangle {
  const width = Math.min(bounds.width, area.width);
  const height = Math.min(bounds.height, area.height);
  return {
    x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - height),
    width,
    height,
  };
}
