import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { type DisplayArea, placeOf } from './window-place.ts';

const place = { x: z.int(), y: z.int() };

const shape = z.object({
  ...place,
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
  display: z
    .object({
      id: z.number(),
      workArea: z.object({ ...place, width: z.int().positive(), height: z.int().positive() }),
    })
    .nullable()
    .default(null),
});
type WindowState = z.infer<typeof shape>;

const fileOf = (home: string) => path.join(home, 'window.json');

const areaOf = ({ id, workArea }: DisplayArea): DisplayArea => ({ id, workArea });

/** Where the window goes, by where it was last; null the first time. */
export function readWindowState(home: string): { bounds: Rectangle; maximized: boolean } | null {
  try {
    const { maximized, display, ...bounds } = shape.parse(
      JSON.parse(readFileSync(fileOf(home), 'utf8')),
    );
    const displays = screen.getAllDisplays().map(areaOf);
    const primary = areaOf(screen.getPrimaryDisplay());
    return { bounds: placeOf({ bounds, display }, displays, primary), maximized };
  } catch {
    return null;
  }
}

const settledAfterMs = 500;

/** Remembers where the window is, whenever it has come to rest. */
export function keepWindowState(window: BrowserWindow, home: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const bounds = window.getNormalBounds();
    const state: WindowState = {
      ...bounds,
      maximized: window.isMaximized(),
      display: areaOf(screen.getDisplayMatching(bounds)),
    };
    // The window is worth more than its place: a full disk must not matter.
    despiteLocks(() => writeFileAtomic(fileOf(home), JSON.stringify(state))).catch(() => undefined);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, settledAfterMs);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', save);
}
