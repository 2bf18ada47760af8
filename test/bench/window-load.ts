import path from 'node:path';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import { launchBrowser } from './browser.ts';
import type { Figure } from './figure.ts';
import { taskFigure, type Work, workOf } from './longest-task.ts';

/**
 * The built window as it is opened, until all that it loads ahead is there, too: by a browser that
 * has never seen it, and by one that has kept its files.
 */
export async function windowLoad(rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const host = await startHostProcess(path.join(folder.path, 'data'));
  const browser = await launchBrowser();
  try {
    const devtools = await browser.newBrowserCDPSession();
    const first: Work[] = [];
    const again: Work[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      first.push(await workOf(devtools, () => load(page, host)));
      // What is kept of its code is compiled after it was seen a few times.
      await load(page, host);
      again.push(await workOf(devtools, () => load(page, host)));
      await context.close();
    }
    return [
      taskFigure('the window loads in a new browser', first),
      taskFigure('the window loads once more', again),
    ];
  } finally {
    await browser.close();
    await host.stop();
  }
}

async function load(page: Page, { url, token }: HostProcess): Promise<void> {
  await page.goto(`${url}/?token=${token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}
