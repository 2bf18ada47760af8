import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pageOf, spawnStandIn } from '#test/electron/spawn-stand-in.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { launchBrowser } from './browser.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { median, timed } from './samples.ts';

/**
 * The built app over the stand-in for Electron, from the start of its process to what its window has
 * painted, as the page's own clock tells; and a Chromium alone with an empty page.
 */
export async function windowReady(rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const home = path.join(folder.path, 'home');
  // The first start makes the data folder and fills the caches.
  await paintedAfter(home);
  const first: number[] = [];
  const all: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const painted = await paintedAfter(home);
    first.push(painted.first);
    all.push(painted.largest);
    bare.push(await timed(emptyPage));
  }
  return [
    ratioFigure('window ready (stand-in), to the paint of its largest part; Chromium alone', null, {
      ours: all,
      bare,
    }),
    plainFigure('… to its first paint', median(first), 'ms', null, { all: first }),
  ];
}

/** Milliseconds from the start of the process. */
async function paintedAfter(home: string): Promise<{ first: number; largest: number }> {
  const port = await freePort();
  const before = Date.now();
  const child = spawnStandIn(home, port);
  try {
    const page = await pageOf(
      port,
      once(child, 'exit').then(([code]) => code as number | null),
    );
    await page.getByRole('main').first().waitFor();
    const times = await page.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<number>();
      new PerformanceObserver((list) => {
        const last = list.getEntries().at(-1);
        if (last) resolve(last.startTime);
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      const [first] = performance.getEntriesByName('first-contentful-paint');
      return { origin: performance.timeOrigin, first: first?.startTime, largest: await promise };
    });
    const since = (ms = Number.NaN) => times.origin + ms - before;
    return { first: since(times.first), largest: since(times.largest) };
  } finally {
    await ended(child);
  }
}

async function emptyPage(): Promise<void> {
  const browser = await launchBrowser();
  await browser.newPage();
  await browser.close();
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
