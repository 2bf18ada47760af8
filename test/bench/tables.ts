import path from 'node:path';
import type { Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { seedLabels } from '#test/harness/labels.ts';
import { launchBrowser } from './browser.ts';
import type { Figure } from './figure.ts';
import { loadedAhead } from './log-shown.ts';
import { framesFigure, taskFigure, type Work, workOf } from './longest-task.ts';

const SEARCHED = 'berth 77';

/** A table of so many rows in the built window: scrolled, ordered otherwise, and searched. */
export async function tables(rows: number, rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const home = path.join(folder.path, 'data');
  // It makes the database.
  await (await startHostProcess(home)).stop();
  const db = openDb(home);
  seedLabels(db, rows);
  db.close();
  const host = await startHostProcess(home);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${host.url}/?token=${host.token}`);
    await loadedAhead(page);
    const devtools = await browser.newBrowserCDPSession();
    const measured = (work: () => Promise<void>) => workOf(devtools, () => drawn(page, work));
    const [opened, scrolled, ordered, searched]: [Work[], Work[], Work[], Work[]] = [
      [],
      [],
      [],
      [],
    ];
    for (let round = 0; round < rounds; round++) {
      await page.evaluate(() => window.history.pushState(null, '', '/'));
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
      opened.push(await measured(() => open(page)));
      scrolled.push(await measured(() => scroll(page)));
      for (const column of ['Address', 'Changed', 'Label']) {
        const heading = page.getByRole('columnheader').getByRole('button', { name: column });
        ordered.push(await measured(() => heading.evaluate((one: HTMLElement) => one.click())));
      }
      await page.getByRole('searchbox', { name: 'Search labels' }).focus();
      for (const letter of SEARCHED) {
        searched.push(await measured(() => page.keyboard.type(letter)));
      }
    }
    const name = `a table of ${rows.toLocaleString('en')} rows`;
    return [
      taskFigure(`${name} opens`, opened),
      taskFigure(`${name} is scrolled`, scrolled),
      framesFigure(scrolled),
      taskFigure(`${name} is ordered by another column`, ordered),
      taskFigure(`a letter of a search in ${name}`, searched),
    ];
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** Until what was done is drawn. */
async function drawn(page: Page, work: () => Promise<void>): Promise<void> {
  await work();
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))),
  );
}

async function open(page: Page): Promise<void> {
  await page.evaluate(() => window.history.pushState(null, '', '/addresses'));
  await page.getByRole('table', { name: 'Labelled addresses' }).waitFor();
}

/** From its top to its end, a screen with each frame. */
async function scroll(page: Page): Promise<void> {
  await page.getByRole('table').evaluate(async (table) => {
    let around = table.parentElement;
    while (around && !/auto|scroll/.test(getComputedStyle(around).overflowY)) {
      around = around.parentElement;
    }
    for (let before = -1; around && around.scrollTop !== before; ) {
      before = around.scrollTop;
      around.scrollTop += around.clientHeight;
      await new Promise((next) => requestAnimationFrame(next));
    }
  });
}
