import path from 'node:path';
import type { Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { launchBrowser } from './browser.ts';
import type { Figure } from './figure.ts';
import { taskFigure, type Work, workOf } from './longest-task.ts';

const WORD = 'contract4';

/** The palette in the built window: the longest task by the time it took on a processor. */
export async function palette(contracts: number, rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const home = path.join(folder.path, 'data');
  // It makes the database.
  await (await startHostProcess(home)).stop();
  seed(home, contracts);
  const host = await startHostProcess(home);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${host.url}/?token=${host.token}`);
    await page.getByRole('link', { name: /^Project0/ }).click();
    const devtools = await browser.newBrowserCDPSession();
    const opening: Work[] = [];
    const typing: Work[] = [];
    for (let i = 0; i < rounds; i++) {
      opening.push(await workOf(devtools, () => open(page)));
      for (const letter of WORD) {
        typing.push(await workOf(devtools, () => type(page, letter)));
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    const count = contracts.toLocaleString('en');
    return [
      taskFigure(`the palette opens with ${count} contracts`, opening),
      taskFigure(`a letter in it with ${count} contracts`, typing),
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
