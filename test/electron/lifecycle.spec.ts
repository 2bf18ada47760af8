import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import type { Page } from '@playwright/test';
import { pino } from 'pino';
import { openApp } from '#main/app.ts';
import { openDb } from '#main/db/open.ts';
import { networksStore } from '#main/features/networks/store.ts';
import { keySeal } from '#main/lib/secrets/seal.ts';
import { expect, skipWithoutElectron, test } from './shell.ts';
import { spawnStandIn } from './spawn-stand-in.ts';

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

test('a window whose display is gone comes back whole on the one that is there', async ({
  launch,
  folder,
}) => {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const workArea = { x: 5000, y: -3000, width: 2560, height: 1400 };
  const state = { x: 5100, y: -2900, width: 1000, height: 700, maximized: false };
  writeFileSync(
    path.join(home, 'window.json'),
    JSON.stringify({ ...state, display: { id: 7, workArea } }),
  );
  const shell = await launch(home);
  const { bounds, area } = await shell.evaluate(({ BrowserWindow, screen }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds() as Electron.Rectangle,
    area: screen.getPrimaryDisplay().workArea,
  }));
  expect([bounds.width, bounds.height]).toEqual([1000, 700]);
  expect(Math.abs(bounds.x + 500 - (area.x + area.width / 2))).toBeLessThanOrEqual(1);
  expect(Math.abs(bounds.y + 350 - (area.y + area.height / 2))).toBeLessThanOrEqual(1);
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

test('secrets that the window sealed once are sealed for every door, and new ones are from the start', async ({
  launch,
  folder,
}) => {
  const home = path.join(folder, 'home');
  const secret = (host: string) => `https://user:hunter22@${host}/v2/0123456789abcdef`;
  // As a version of before has left it: a key that the keychain has encrypted, and a value under it.
  const old = randomBytes(32);
  const network = {
    kind: 'remote' as const,
    chainId: 1,
    forkBlock: null,
    keepChainId: false,
    port: null,
  };
  const db = openDb(home);
  networksStore(db).put({
    ...network,
    name: 'before',
    sealedUrl: keySeal('os1:', () => old).seal(secret('before.example.org')),
  });
  db.close();
  const encrypted = Buffer.from(old.toString('hex')).map((byte) => byte ^ 0x5a);
  writeFileSync(path.join(home, 'secret.keychain'), encrypted, { mode: 0o600 });

  const readAlone = (name: string) => networkIn(home, name);
  // Until the window opens, the others say what can open it.
  expect((await readAlone('before')).urlProblem).toContain('Open the window once');

  const window = await launch(home);
  const { url, token } = JSON.parse(readFileSync(path.join(home, 'run', 'host.json'), 'utf8'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const saved = await fetch(`${url}/api/networks/since`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({
      name: 'since',
      kind: 'remote',
      url: secret('since.example.org'),
      chainId: 1,
    }),
  });
  expect(saved.status).toBe(200);
  const before = () => fetch(`${url}/api/networks/before`, { headers }).then((r) => r.text());
  await expect.poll(before).toContain('before.example.org');
  expect(await before()).not.toContain('hunter22');
  void window.evaluate(({ app }) => app.quit()).catch(() => undefined);
  await window.exited;

  const database = readFileSync(path.join(home, 'drydock.db'), 'latin1');
  expect(database).toContain('k1:');
  expect(database).not.toContain('hunter22');
  for (const name of ['before', 'since']) {
    const read = await readAlone(name);
    expect(read.url).toContain(`${name}.example.org`);
    expect(read.urlProblem).toBeUndefined();
  }
});

/** A network as a door without a window sees it. */
async function networkIn(home: string, name: string) {
  const core = await openApp({ home, logger: pino({ level: 'silent' }) });
  try {
    const client = createRouterClient(core.router, { context: core.context });
    return await client.networks.get({ name });
  } finally {
    await core.close();
  }
}
