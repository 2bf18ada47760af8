import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Electron from 'electron';
import { expect, type Shell, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

type Emitting = { emit(name: string, ...args: unknown[]): void };

async function call(shell: Shell, method: string, address: string, body?: object) {
  const { url, token } = JSON.parse(
    readFileSync(path.join(shell.home, 'run', 'host.json'), 'utf8'),
  );
  const response = await fetch(`${url}/api${address}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status).toBe(200);
  return response.json();
}

const copies = (shell: Shell): string[] => {
  const folder = path.join(shell.home, 'chains', 'local', 'good');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(folder, name));
};
const blockOf = (file: string): number =>
  Number(JSON.parse(readFileSync(file, 'utf8')).best_block_number);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('chains are saved before the machine sleeps, and stopped at the end when so set', async ({
  shell,
}) => {
  const started = await call(shell, 'POST', '/chains/local/start', {});
  await call(shell, 'POST', '/chains/local/mine', { blocks: 7 });
  await shell.evaluate(({ powerMonitor }) => {
    (powerMonitor as unknown as Emitting).emit('suspend');
  });
  await expect.poll(() => copies(shell).map(blockOf)).toContain(7);
  expect(isAlive(started.pid)).toBe(true);

  const { page } = shell;
  await page.evaluate(() => history.pushState(null, '', '/settings'));
  const chains = page.getByRole('combobox', { name: 'Chains when the app ends' });
  await expect(chains).toHaveText('go on');
  await chains.click();
  await page.getByRole('option', { name: 'are stopped' }).click();
  await expect.poll(async () => (await call(shell, 'GET', '/settings')).chainsOnQuit).toBe('stop');
  await call(shell, 'POST', '/chains/local/mine', { blocks: 2 });
  // The machine shuts down: the app asks for the time that it takes.
  const delayed = await shell.evaluate(({ powerMonitor }) => {
    let delayed = false;
    const event = { preventDefault: () => (delayed = true) };
    (powerMonitor as unknown as Emitting).emit('shutdown', event);
    return delayed;
  });
  expect(delayed).toBe(true);
  expect(await shell.exited).toBe(0);
  await expect.poll(() => isAlive(started.pid)).toBe(false);
  expect(copies(shell).map(blockOf)).toContain(9);
});

test('chains go on after the end of the app by default, and are saved', async ({
  shell,
  launch,
}) => {
  const started = await call(shell, 'POST', '/chains/local/start', {});
  await call(shell, 'POST', '/chains/local/mine', { blocks: 3 });
  void shell.evaluate(({ app }) => app.quit()).catch(() => undefined);
  expect(await shell.exited).toBe(0);
  expect(isAlive(started.pid)).toBe(true);
  expect(copies(shell).map(blockOf)).toContain(3);
  await call(await launch(shell.home), 'POST', '/chains/local/stop');
  await expect.poll(() => isAlive(started.pid)).toBe(false);
});

test('a page that crashes is loaded again, and one that keeps crashing is asked about', async ({
  shell,
}) => {
  const { page } = shell;
  const known = page.getByText('local', { exact: true }).first();
  await shell.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked, answer: 0 });
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return { response: Reflect.get(globalThis, 'answer') as number, checkboxChecked: false };
    };
  });
  const asked = () => shell.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);
  const emit = (name: string, reason: string) =>
    shell.evaluate(
      ({ BrowserWindow }, [event, why]) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        (contents as unknown as Emitting).emit(event as string, {}, { reason: why, exitCode: 5 });
      },
      [name, reason],
    );
  const isMarked = () => page.evaluate(() => 'marked' in window).catch(() => true);
  const mark = async () => {
    await expect(known).toBeVisible();
    await page.evaluate(() => Object.assign(window, { marked: true }));
  };

  await mark();
  await emit('render-process-gone', 'clean-exit');
  expect(await isMarked()).toBe(true);
  for (const _ of [1, 2]) {
    await mark();
    await emit('render-process-gone', 'crashed');
    await expect.poll(isMarked).toBe(false);
  }
  expect(await asked()).toEqual([]);
  await mark();
  await emit('render-process-gone', 'oom');
  await expect.poll(asked).toEqual(['The window keeps ending.']);
  await expect.poll(isMarked).toBe(false);

  // One that hangs is given the time that the user gives it.
  await mark();
  await emit('unresponsive', '');
  await expect.poll(asked).toHaveLength(2);
  expect(await isMarked()).toBe(true);
  await shell.evaluate(() => {
    Object.assign(globalThis, { answer: 1 });
  });
  await emit('unresponsive', '');
  await expect.poll(isMarked).toBe(false);
  await expect(known).toBeVisible();
});

test('errors that nothing catches are noted, and the window goes on; crash reports stay here', async ({
  shell,
  variant,
}) => {
  await shell.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown in the core');
    });
    void Promise.reject(new Error('rejected in the core'));
  });
  const log = () => readFileSync(path.join(shell.home, 'logs', 'drydock.log'), 'utf8');
  await expect.poll(log).toContain('thrown in the core');
  await expect.poll(log).toContain('rejected in the core');
  await shell.page.reload();
  await expect(shell.page.getByText('local', { exact: true }).first()).toBeVisible();
  if (variant === 'electron') return;
  const reporting = await shell.evaluate(({ app, crashReporter }) => ({
    options: (crashReporter as unknown as { started: unknown }).started,
    folder: (app as unknown as { paths: Map<string, string> }).paths.get('crashDumps'),
  }));
  expect(reporting).toEqual({
    options: { uploadToServer: false },
    folder: path.join(shell.home, 'logs', 'crashes'),
  });
});
