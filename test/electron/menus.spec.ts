import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Shell, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

/** Whether an address is that of a page, once it has been led there. */
const shows = (page: string) => (url: URL) => url.pathname === page && url.hash === '';

/** Chooses items of the app's menu by their labels, wherever they are, one right after the other. */
const choose = (shell: Shell, ...labels: string[]) =>
  shell.evaluate(({ Menu }, wanted) => {
    const found = (
      menu: Electron.Menu | null | undefined,
      label: string,
    ): Electron.MenuItem | undefined => {
      for (const item of menu?.items ?? []) {
        if (item.label.startsWith(label)) return item;
        const inside = found(item.submenu, label);
        if (inside) return inside;
      }
      return undefined;
    };
    return wanted.every((label) => {
      const item = found(Menu.getApplicationMenu(), label);
      item?.click();
      return item !== undefined;
    });
  }, labels);

test('items of the menu lead to pages and dialogs, and show folders', async ({ shell, folder }) => {
  const { page } = shell;
  await shell.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.openPath = async (what) => {
      shown.push(what);
      return '';
    };
    shell.showItemInFolder = (what) => void shown.push(what);
    shell.openExternal = async (what) => void shown.push(what);
  });
  const shown = () => shell.evaluate(() => Reflect.get(globalThis, 'shown') as string[]);

  await choose(shell, 'Settings…');
  await page.waitForURL(shows('/settings'));
  await choose(shell, 'New deployment');
  await page.waitForURL(shows('/'));
  // This one is no installed app: the answer is said beside the settings of updates.
  await choose(shell, 'Check for updates…');
  await page.waitForURL(shows('/settings'));
  await expect(page.getByText(/Only the installed app updates itself/).first()).toBeVisible();

  await choose(shell, 'Show data folder');
  await choose(shell, 'Show logs');
  await expect.poll(shown).toEqual([shell.home, path.join(shell.home, 'logs', 'drydock.log')]);
  await choose(shell, 'API reference');
  await expect
    .poll(async () => (await shown())[2])
    .toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/docs/);

  await choose(shell, 'Add folder…');
  const dialog = page.getByRole('dialog', { name: 'Add project' });
  const project = path.join(folder, 'vault');
  mkdirSync(path.join(project, 'src'), { recursive: true });
  writeFileSync(path.join(project, 'foundry.toml'), '[profile.default]\n');
  await dialog.getByLabel('Folder').fill(project);
  await dialog.getByRole('button', { name: 'Add project' }).click();
  await page.waitForURL(shows('/projects/1'));
  // Added folders are listed, and told to the system.
  await choose(shell, 'Settings…');
  await page.waitForURL(shows('/settings'));
  await expect.poll(() => choose(shell, `vault – ${project}`)).toBe(true);
  await page.waitForURL(shows('/projects/1'));
});

test('the last of two items that are chosen at once is where the window ends', async ({
  shell,
}) => {
  const { page } = shell;
  await page.evaluate(() => {
    history.pushState(null, '', '/networks');
    const led: string[] = [];
    Object.assign(window, { led });
    window.addEventListener('replaceState', () => led.push(location.pathname));
  });
  // The app hears of it a little later.
  await expect
    .poll(() =>
      shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    )
    .toBe('app://drydock/networks');
  await choose(shell, 'Settings…', 'New deployment');
  // Where the first was shown already, the second loads the page anew, and the list is gone.
  await page.waitForFunction(() => {
    const led = Reflect.get(window, 'led') as string[] | undefined;
    return (led ? led.at(-1) : location.pathname) === '/';
  });
  // Both are led to within the document that was shown, in this order or the last alone.
  const led = await page.evaluate(
    () => (Reflect.get(window, 'led') as string[] | undefined) ?? [location.pathname],
  );
  expect(['/settings', '/'].slice(-led.length)).toEqual(led);
});

test('a folder that is dropped on the window is offered to be added', async ({
  shell,
  folder,
  variant,
}) => {
  test.skip(variant === 'electron', 'the stand-in knows where dropped files come from');
  const { page } = shell;
  mkdirSync(path.join(folder, 'dropped'));
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [path.join(folder, 'dropped')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  const dialog = page.getByRole('dialog', { name: 'Add project' });
  await expect(dialog.getByLabel('Folder')).toHaveValue(path.join(folder, 'dropped'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // A script of the page can say that something was dropped, but nothing comes of it.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([''], 'dropped'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  });
  await page.evaluate(() => history.pushState(null, '', '/settings'));
  await expect(page.getByRole('heading', { name: 'Settings' }).first()).toBeVisible();
  await expect(dialog).toBeHidden();
});
