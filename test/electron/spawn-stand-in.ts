import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { appRoot } from '#main/lib/app-root.ts';

/** What an app on a data folder is started with. */
export function environment(home: string): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...env } = process.env;
  return { ...(env as Record<string, string>), DRYDOCK_HOME: home };
}

/** Starts the built main process over the stand-in, without waiting for a window. */
export function spawnStandIn(
  home: string,
  debugPort: number,
  args: readonly string[] = [],
): ChildProcess {
  const root = appRoot();
  const register = path.join(root, 'test', 'electron', 'stand-in', 'register.ts');
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  return spawn(
    process.execPath,
    [...flags, '--import', register, path.join(root, 'out', 'main', 'index.js'), ...args],
    {
      cwd: root,
      env: {
        ...environment(home),
        STAND_IN_DEBUG_PORT: String(debugPort),
        STAND_IN_FILES: path.dirname(home),
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
}

/** The page that shows the app, watched from this process. */
export async function pageOf(debugPort: number, exited: Promise<number | null>): Promise<Page> {
  let ended: string | undefined;
  void exited.then((code) => {
    ended = `the app ended with exit code ${code} before it opened its window`;
  });
  for (;;) {
    if (ended) throw new Error(ended);
    const browser = await chromium
      .connectOverCDP(`http://127.0.0.1:${debugPort}`)
      .catch(() => undefined);
    const page = browser?.contexts()[0]?.pages()[0];
    // Not by waiting for it: the app may lead its window elsewhere before the first page is there.
    if (page && /stand-in\.invalid/.test(page.url())) {
      // A test that leads it away at once would cut short what it still loads.
      await page.waitForLoadState('load');
      return page;
    }
    await browser?.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
