import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const shape = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});
type WindowState = z.infer<typeof shape>;

const fileOf = (home: string) => path.join(home, 'window.json');

/** A window whose title bar can't be reached can't be moved back. */
function isVisible({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const overlap = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return overlap >= 100 && y >= area.y && y < area.y + area.height - 50;
  });
}

/** Where the window was last; null the first time, or when that place is no longer on a screen. */
export function readWindowState(home: string): WindowState | null {
  try {
    const state = shape.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
    return isVisible(state) ? state : null;
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
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    // The window is worth more than its place: a full disk must not matter.
    writeFileAtomic(fileOf(home), JSON.stringify(state)).catch(() => undefined);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, settledAfterMs);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', save);
}
