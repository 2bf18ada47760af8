import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, test as base, type Page } from '@playwright/test';
import type Electron from 'electron';
import { findElectron, whyNoWindow } from '../../build/lib/electron.mjs';
import { freePort, takeOwnPorts } from '../harness/ports.ts';
import { skipAloud } from '../harness/skip.ts';
import { environment, pageOf, spawnStandIn } from './spawn-stand-in.ts';

type ElectronModule = typeof Electron;

/** A running app: the real one, or the built one over the stand-in. */
export interface Shell {
  /** The data folder. */
  home: string;
  /** The page that the app's window shows. */
  page: Page;
  /** Runs a function, which must be whole by itself, in the main process. */
  evaluate<R, A = undefined>(
    run: (electron: ElectronModule, arg: A) => R | Promise<R>,
    arg?: A,
  ): Promise<R>;
  /** Sends a signal to the main process. */
  kill(signal: 'SIGINT' | 'SIGTERM'): void;
  /** The exit code, once the process has ended. */
  exited: Promise<number | null>;
}

export type Variant = 'electron' | 'stand-in';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function launchStandIn(home: string, args: readonly string[]): Promise<Shell> {
  const debugPort = await freePort();
  const child = spawnStandIn(home, debugPort, args);
  const exited = once(child, 'exit').then(([code]) => code as number | null);

  let nextId = 1;
  const evaluate: Shell['evaluate'] = async (run, arg) => {
    const id = nextId++;
    const answered = new Promise<{ value?: unknown; error?: string }>((resolve) => {
      const listen = (message: { id: number; value?: unknown; error?: string }) => {
        if (message.id !== id) return;
        child.off('message', listen);
        resolve(message);
      };
      child.on('message', listen);
      void exited.then(() => resolve({ error: 'the app has ended' }));
    });
    child.send({ id, source: run.toString(), arg });
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(error);
    return value as Awaited<ReturnType<typeof run>>;
  };

  const page = await pageOf(debugPort, exited);
  return { home, page, evaluate, exited, kill: (signal) => void child.kill(signal) };
}

async function launchElectron(
  home: string,
  executablePath: string,
  args: readonly string[],
): Promise<Shell> {
  const app = await _electron.launch({
    executablePath,
    args: [root, ...args],
    env: environment(home),
  });
  const child = app.process();
  return {
    home,
    page: await app.firstWindow(),
    evaluate: (run, arg) => app.evaluate(run as never, arg) as never,
    exited: once(child, 'exit').then(([code]) => code as number | null),
    kill: (signal) => void child.kill(signal),
  };
}

/** Why the real Electron can't be tested here; null where it can. */
function whyNoElectron(): string | null {
  if (!findElectron()) return "Electron's binary isn't installed (npx install-electron)";
  const obstacle = whyNoWindow();
  return obstacle && `Electron's binary is there, but ${obstacle}`;
}

interface Fixtures {
  /** An empty folder, gone after the test. */
  folder: string;
  /** Starts the app on a data folder, and ends it after the test if it still runs. */
  launch: (home: string, args?: readonly string[]) => Promise<Shell>;
  /** The app on a data folder of its own. */
  shell: Shell;
}

export const test = base.extend<Fixtures & { variant: Variant }>({
  variant: ['stand-in', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'drydock-shell-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  launch: async ({ variant }, use) => {
    const electron = findElectron();
    const shells: Shell[] = [];
    await takeOwnPorts();
    await use(async (home, args = []) => {
      const shell =
        variant === 'electron' && electron
          ? await launchElectron(home, electron, args)
          : await launchStandIn(home, args);
      shells.push(shell);
      return shell;
    });
    for (const shell of shells) {
      shell.kill('SIGTERM');
      await shell.exited;
    }
  },
  shell: async ({ launch, folder }, use) => {
    await use(await launch(path.join(folder, 'home')));
  },
});

/** Skips a file's tests for the real Electron, aloud, where there is none. */
export function skipWithoutElectron(): void {
  test.skip(
    ({ variant }) =>
      variant === 'electron' && skipAloud('the shell in the real Electron', whyNoElectron()),
    'there is no Electron here',
  );
}

export { expect } from '@playwright/test';
