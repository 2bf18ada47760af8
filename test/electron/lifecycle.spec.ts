import { once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, skipWithoutElectron, spawnStandIn, test } from './shell.ts';

skipWithoutElectron();

const fixture = fileURLToPath(new URL('../fixtures/token-vault', import.meta.url));

/** Opens the dialog that adds a project and presses the button that asks the system for a folder. */
async function chooseFolder(page: Page) {
  await page.getByRole('button', { name: 'Add project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add project' });
  await dialog.getByRole('button', { name: 'Choose…' }).click();
  return { dialog, path: dialog.locator('input').first() };
}

test('a folder picked in the system dialog becomes a project', async ({ shell, folder }) => {
  const project = path.join(folder, 'picked-vault');
  cpSync(fixture, project, { recursive: true });
  await shell.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] });
  }, project);
  const { dialog, path: field } = await chooseFolder(shell.page);
  await expect(field).toHaveValue(project);
  await dialog.getByRole('button', { name: 'Add project' }).click();
  await expect(dialog).toBeHidden();
  await expect(shell.page.getByText('picked-vault').first()).toBeVisible();
});

test('a dismissed dialog changes nothing', async ({ shell }) => {
  await shell.evaluate(({ dialog }) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showOpenDialog = async (...args: unknown[]) => {
      asked.push(args.at(-1));
      return { canceled: true, filePaths: ['/tmp'] };
    };
  });
  const { path: field } = await chooseFolder(shell.page);
  const asked = () => shell.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked);
  await expect
    .poll(asked)
    .toEqual([expect.objectContaining({ properties: expect.arrayContaining(['openDirectory']) })]);
  await expect(field).toHaveValue('');
});

for (const how of ['app.quit', 'the last window', 'SIGTERM', 'SIGINT'] as const) {
  test(`ends cleanly by ${how}`, async ({ shell }) => {
    await expect(shell.page.getByText('local', { exact: true }).first()).toBeVisible();
    if (how === 'app.quit') void shell.evaluate(({ app }) => app.quit()).catch(() => undefined);
    else if (how === 'the last window') {
      void shell
        .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
        .catch(() => undefined);
    } else shell.kill(how);
    expect(await shell.exited).toBe(0);
    expect(existsSync(path.join(shell.home, 'run', 'host.json'))).toBe(false);
    // SQLite removes its log when the database is closed well.
    expect(existsSync(path.join(shell.home, 'drydock.db-wal'))).toBe(false);
  });
}

test('the window comes back where it was', async ({ launch, folder }) => {
  const home = path.join(folder, 'home');
  const bounds = { x: 40, y: 60, width: 1000, height: 700 };
  const first = await launch(home);
  await first.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  void first.evaluate(({ app }) => app.quit()).catch(() => undefined);
  expect(await first.exited).toBe(0);

  const second = await launch(home);
  const now = await second.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(now).toEqual(bounds);
});

test('one window for a data folder: a second start brings the first to the front', async ({
  shell,
  variant,
}) => {
  test.skip(variant === 'electron', 'the stand-in counts what a real window only shows');
  const second = spawnStandIn(shell.home, 0);
  expect((await once(second, 'exit'))[0]).toBe(0);
  const focused = () =>
    shell.evaluate(
      ({ BrowserWindow }) =>
        (BrowserWindow.getAllWindows()[0] as unknown as { focused: number }).focused,
    );
  await expect.poll(focused).toBe(1);
});

test('secrets are sealed by the keychain, and opened after a restart', async ({
  launch,
  folder,
}) => {
  const home = path.join(folder, 'home');
  const api = async (method: string, body?: object) => {
    const { url, token } = JSON.parse(readFileSync(path.join(home, 'run', 'host.json'), 'utf8'));
    const response = await fetch(`${url}/api/networks/secretive`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, text: await response.text() };
  };
  const url = 'https://user:hunter22@rpc.example.org/v2/0123456789abcdef';
  const first = await launch(home);
  const saved = await api('PUT', { name: 'secretive', kind: 'remote', url, chainId: 1 });
  expect(saved.status).toBe(200);
  expect(existsSync(path.join(home, 'secret.keychain'))).toBe(true);
  expect(existsSync(path.join(home, 'secret.key'))).toBe(false);
  void first.evaluate(({ app }) => app.quit()).catch(() => undefined);
  await first.exited;
  const database = readFileSync(path.join(home, 'drydock.db'), 'latin1');
  expect(database).toContain('secretive');
  expect(database).not.toContain('hunter22');

  await launch(home);
  const shown = await api('GET');
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('rpc.example.org');
  expect(shown.text).not.toContain('hunter22');
});
