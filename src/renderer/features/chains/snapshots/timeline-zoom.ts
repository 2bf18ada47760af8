import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How much of each snapshot the timeline shows, from the farthest to the nearest. */
export const zooms = ['marks', 'names', 'details'] as const;
export type Zoom = (typeof zooms)[number];

/** What a row is drawn with, px. */
export interface Scale {
  /** Rows are so many of these high. */
  unit: number;
  /** Of a mark, from the top of what it stands beside. */
  middle: number;
  /** From there to where a branch has turned aside. */
  bend: number;
  radius: number;
}

export const scaleOf: Readonly<Record<Zoom, Scale>> = {
  marks: { unit: 10, middle: 5, bend: 3, radius: 2 },
  names: { unit: 24, middle: 12, bend: 8, radius: 4 },
  details: { unit: 20, middle: 17, bend: 14, radius: 6 },
};

/** Remembered in this browser. */
export const useZoom = create<{ zoom: Zoom }>()(
  persist((): { zoom: Zoom } => ({ zoom: 'details' }), { name: 'drydock.timeline', version: 1 }),
);

/** The zoom that is one step nearer or farther; the same at the end. */
export function zoomed(zoom: Zoom, step: 1 | -1): Zoom {
  return zooms[zooms.indexOf(zoom) + step] ?? zoom;
}

export function zoomTo(zoom: Zoom): void {
  useZoom.setState({ zoom });
}
