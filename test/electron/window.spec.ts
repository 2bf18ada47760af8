import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

test('opens the built renderer and shows what the core says', async ({ shell }) => {
  const { page } = shell;
  await expect(page).toHaveTitle(/Drydock/);
  // The networks come from the core, over the port: there is no other way in.
  await expect(page.getByText('local', { exact: true }).first()).toBeVisible();
  const url = await shell.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '',
  );
  expect(url).toMatch(/^app:\/\/drydock\//);
  const shown = await shell.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(shown).toEqual([true]);
});

test('the page has a sandbox round it, and nothing of Node in it', async ({ shell }) => {
  const preferences = await shell.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in Electron's types, but in every Electron.
    return (
      contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
    ).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  const globals = await shell.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'drydock'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(globals).toEqual([]);
});

test('the page may run its own scripts only', async ({ shell }) => {
  const ran = await shell.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineScriptRan = true';
    document.head.append(script);
    const handler = document.createElement('div');
    handler.setAttribute('onclick', 'window.inlineScriptRan = true');
    document.body.append(handler);
    handler.click();
    const remote = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    return { inline: 'inlineScriptRan' in window, remote };
  });
  expect(ran).toEqual({ inline: false, remote: false });
});

test('serves the renderer folder and nothing outside of it', async ({ shell }) => {
  const statuses = await shell.page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/projects/3',
      '/nothing.js',
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e%2f%2e%2e%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '/%',
      '/index.html%00.js',
    ];
    return Object.fromEntries(
      await Promise.all(
        paths.map(async (path) => [
          path,
          await fetch(path).then(
            (r) => r.status,
            () => 0,
          ),
        ]),
      ),
    );
  });
  const { '/index.html': index, '/projects/3': page, ...others } = statuses;
  expect([index, page]).toEqual([200, 200]);
  for (const [path, status] of Object.entries(others)) {
    expect([path, [400, 404]]).toEqual([path, expect.arrayContaining([status])]);
  }
});

test('can not be led away; a link to the web opens in the browser', async ({ shell }) => {
  await shell.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  const before = shell.page.url();
  for (const url of ['https://example.org/page', 'http://example.org/', 'file:///etc/passwd']) {
    await shell.page.evaluate((to) => {
      location.href = to;
    }, url);
  }
  await shell.page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/frame';
    document.body.append(frame);
  });
  const opened = () => shell.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['https://example.org/page']);
  expect(shell.page.url()).toBe(before);
  await expect(shell.page.getByText('local', { exact: true }).first()).toBeVisible();
});

test('opens no further window', async ({ shell }) => {
  await shell.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  const results = await shell.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/link';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return [
      'https://example.org/',
      '/',
      'http://example.org/',
      'javascript:alert(1)',
      'file:///',
    ].map((url) => window.open(url) === null);
  });
  expect(results).toEqual([true, true, true, true, true]);
  const opened = () => shell.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['https://example.org/link', 'https://example.org/']);
  expect(await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(shell.page.context().pages()).toHaveLength(1);
});

test('gets no permission but to copy', async ({ shell }) => {
  const states = await shell.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'microphone',
      'clipboard-read',
      'clipboard-write',
    ];
    return Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [
          name,
          (await navigator.permissions.query({ name: name as PermissionName })).state,
        ]),
      ),
    );
  });
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
  });
});

test('hands the core to its own window alone', async ({ shell }) => {
  const log = path.join(shell.home, 'logs', 'drydock.log');
  const refused = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('asked for the core')).length;
  expect(refused()).toBe(0);
  await shell.evaluate(async ({ BrowserWindow }) => {
    const ours = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Electron.WebPreferences;
    };
    const { preload } = ours.getLastWebPreferences();
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await other.loadURL('app://drydock/');
  });
  await expect.poll(refused).toBe(1);
});

test('a reloaded page is connected again', async ({ shell }) => {
  const network = shell.page.getByText('local', { exact: true }).first();
  await expect(network).toBeVisible();
  await shell.page.reload();
  await expect(network).toBeVisible();
});

test('commands find the running app, and lose it when it ends', async ({ shell }) => {
  const file = path.join(shell.home, 'run', 'host.json');
  const { url, token } = JSON.parse(readFileSync(file, 'utf8'));
  const response = await fetch(`${url}/api/info`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const pid = await shell.evaluate(() => process.pid);
  expect(await response.json()).toMatchObject({
    pid,
    dataFolder: shell.home,
    canPickFolder: false,
  });
  void shell.evaluate(({ app }) => app.quit()).catch(() => undefined);
  expect(await shell.exited).toBe(0);
  expect(existsSync(file)).toBe(false);
});
