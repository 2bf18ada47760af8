import path from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { type Figure, round } from './figure.ts';

const MOST_CPU_MS = 50;
const WORD = 'contract4';

/** Part of a trace of Chromium. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Of its thread on a processor; µs. */
  tdur?: number;
  args?: { name?: string };
}

/** The palette in the built window: the longest task by the time it took on a processor. */
export async function palette(contracts: number, rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const home = path.join(folder.path, 'data');
  // It makes the database.
  await (await startHostProcess(home)).stop();
  seed(home, contracts);
  const host = await startHostProcess(home);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH });
  try {
    const page = await browser.newPage();
    await page.goto(`${host.url}/?token=${host.token}`);
    await page.getByRole('link', { name: /^Project0/ }).click();
    const devtools = await browser.newBrowserCDPSession();
    const opening: number[] = [];
    const typing: number[] = [];
    for (let i = 0; i < rounds; i++) {
      opening.push(await longestTask(devtools, () => open(page)));
      for (const letter of WORD) {
        typing.push(await longestTask(devtools, () => type(page, letter)));
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    const count = contracts.toLocaleString('en');
    return [
      cpuFigure(`the palette opens with ${count} contracts, longest task`, opening),
      cpuFigure(`a letter in it with ${count} contracts, longest task`, typing),
    ];
  } finally {
    await browser.close();
    await host.stop();
  }
}

function seed(home: string, count: number): void {
  const db = openDb(home);
  const each = 50;
  for (let run = 0; run * each < count; run++) {
    const project = seedProject(db, `Project${run}`, path.join(home, `nowhere-${run}`));
    const contracts = Array.from({ length: each }, (_, i) => ({
      name: `Contract${run * each + i}`,
      address: `0x${(run * each + i + 1).toString(16).padStart(40, '0')}`,
    }));
    seedRun(db, project, { live: true, contracts });
  }
  db.close();
}

async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
}

/** Until what the core has found for it is drawn, too. */
async function type(page: Page, letter: string): Promise<void> {
  const answered = page.waitForRequest(/./, { timeout: 1 }).catch(() => undefined);
  await page.keyboard.type(letter);
  await answered;
  await page.getByRole('option').first().waitFor();
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))),
  );
}

/** ms of its thread on a processor. */
async function longestTask(devtools: CDPSession, work: () => Promise<void>): Promise<number> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', { categories: 'toplevel,__metadata' });
  await work();
  const over = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await over;
  devtools.off('Tracing.dataCollected', collect);
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`),
  );
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

function cpuFigure(name: string, samples: readonly number[]): Figure {
  const sorted = samples.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return {
    name,
    target: `≤ ${MOST_CPU_MS} ms of CPU`,
    measured: `${median.toFixed(0)} ms of CPU (at most ${(sorted.at(-1) ?? 0).toFixed(0)})`,
    met: median <= MOST_CPU_MS,
    details: { median: round(median), all: sorted.map((ms) => round(ms)) },
  };
}
