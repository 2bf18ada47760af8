import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import { launchBrowser } from './browser.ts';
import { type Figure, plainFigure } from './figure.ts';
import { putForge } from './log-lines.ts';
import { paced } from './log-stream.ts';
import { type Devtools, framesFigure, taskFigure, type Work, workOf } from './longest-task.ts';

/**
 * The terminal of the built window: a log of so many lines is opened, and then a tool says 10,000
 * lines a second for some seconds.
 */
export async function logShown(lines: number, rounds: number, seconds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  await using tools = await temporaryFolder();
  await using project = await copyFixture('token-vault');
  const home = path.join(folder.path, 'data');
  // It makes the database.
  await (await startHostProcess(home)).stop();
  seed(home, lines);
  await putForge(tools.path, paced(seconds));
  const host = await startHostProcess(home);
  const browser = await launchBrowser();
  try {
    const devtools = await browser.newBrowserCDPSession();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const opened: Work[] = [];
    for (let round = 0; round < rounds; round++) {
      // A window that has shown it keeps it.
      await page.goto(`${host.url}/?token=${host.token}`);
      await loadedAhead(page);
      opened.push(await workOf(devtools, () => open(page, '/deployments/1', lines)));
    }
    const { work, rate } = await streamed({ host, page, devtools }, tools.path, project.folder);
    return [
      taskFigure(`a log of ${lines.toLocaleString('en')} lines is shown`, opened),
      framesFigure(opened),
      taskFigure('10,000 lines a second stream into the terminal', [work]),
      framesFigure([work]),
      plainFigure('… lines shown a second', rate, '', null),
    ];
  } finally {
    await browser.close();
    await host.client.chains.stop({ chain: 'local' });
    await host.stop();
  }
}

function seed(home: string, lines: number): void {
  const db = openDb(home);
  const project = seedProject(db, 'long', path.join(home, 'nowhere'));
  const log = Array.from({ length: lines }, (_, i) => `${i}: compiling contracts/token/ERC20.sol`);
  seedRun(db, project, { log });
  db.close();
}

/** Until the last file is there that the window loads ahead, and was evaluated. */
export async function loadedAhead(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    performance
      .getEntriesByType('resource')
      .some(({ name }) => /assets\/terminal-.*\.js$/.test(name)),
  );
  await page.waitForLoadState('networkidle');
  await sleep(500);
}

const linesShown = async (page: Page): Promise<number> =>
  Number(await page.getByRole('region', { name: 'Log', exact: true }).getAttribute('data-lines'));

const go = (page: Page, at: string): Promise<void> =>
  page.evaluate((address) => window.history.pushState(null, '', address), at);

async function open(page: Page, at: string, lines: number): Promise<void> {
  await go(page, at);
  while ((await linesShown(page)) < lines) await sleep(50);
}

interface Around {
  host: HostProcess;
  page: Page;
  devtools: Devtools;
}

/** From the first lines of a run to its end. */
async function streamed(
  { host: { client }, page, devtools }: Around,
  foundryPath: string,
  folder: string,
): Promise<{ work: Work; rate: number }> {
  await client.settings.set({ foundryPath });
  await client.chains.start({ chain: 'local' });
  const { id: project } = await client.projects.add({ path: folder });
  const { id } = await client.deployments.start({ project, target: 'local' });
  await go(page, `/deployments/${id}`);
  while ((await linesShown(page)) < 1000) await sleep(20);
  const before = await linesShown(page);
  const begun = performance.now();
  const work = await workOf(devtools, async () => {
    while ((await client.deployments.get({ id })).endedAt === null) await sleep(100);
  });
  const seconds = (performance.now() - begun) / 1000;
  return { work, rate: ((await linesShown(page)) - before) / seconds };
}
