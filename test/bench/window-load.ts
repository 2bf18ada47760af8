import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import type { Figure } from './figure.ts';
import { taskFigure, type Work, workOf } from './longest-task.ts';
import { UnwatchedChromium } from './unwatched-page.ts';

/** Long after all is loaded that the window loads ahead. */
const LOADED_MS = 3000;

/**
 * The built window as it is opened, with all that it loads ahead: by a browser that has never seen
 * it, and by one that has kept its files.
 */
export async function windowLoad(rounds: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const host = await startHostProcess(path.join(folder.path, 'data'));
  try {
    const first: Work[] = [];
    const again: Work[] = [];
    for (let round = 0; round < rounds; round++) {
      await using browser = await UnwatchedChromium.start(path.join(folder.path, String(round)));
      // Its own start is not the window's.
      await sleep(LOADED_MS);
      first.push(await workOf(browser, () => load(browser, host)));
      // Code that was seen a few times is kept as it was compiled.
      await load(browser, host);
      again.push(await workOf(browser, () => load(browser, host)));
    }
    return [
      taskFigure('the window loads in a new browser', first),
      taskFigure('the window loads once more', again),
    ];
  } finally {
    await host.stop();
  }
}

async function load(browser: UnwatchedChromium, { url, token }: HostProcess): Promise<void> {
  const { targetId } = await browser.send('Target.createTarget', {
    url: `${url}/?token=${token}`,
  });
  await sleep(LOADED_MS);
  await browser.send('Target.closeTarget', { targetId });
}
