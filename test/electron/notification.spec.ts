import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findHost } from '#main/doors/host/discovery-file.ts';
import { copyFixture } from '../harness/fixture.ts';
import { expect, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

test.afterEach(async ({ shell }) => {
  // The chain outlives the app, but not its test.
  const host = await findHost(shell.home);
  const headers = { authorization: `Bearer ${host?.token}` };
  await fetch(`${host?.url}/api/chains/local/stop`, { method: 'POST', headers });
});

test('a run that ends in the background is notified, and a click leads to it', async ({
  shell,
}) => {
  await using fixture = await copyFixture('token-vault', { compiled: true });
  const { page } = shell;
  await shell.evaluate(({ BrowserWindow, Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown, focused: true });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this);
    };
    BrowserWindow.prototype.isFocused = () => Reflect.get(globalThis, 'focused') as boolean;
  });
  const titles = () =>
    shell.evaluate(() =>
      (Reflect.get(globalThis, 'shown') as Electron.Notification[]).map(({ title }) => title),
    );

  await page.getByRole('button', { name: 'Add project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add project' });
  await dialog.getByLabel('Folder').fill(fixture.folder);
  await dialog.getByLabel('Name').fill('vault');
  await dialog.getByRole('button', { name: 'Add project' }).click();
  await expect(dialog).toBeHidden();
  const main = page.getByRole('main');
  const deploy = main.getByRole('button', { name: /^Deploy/ });
  await expect(main.getByRole('combobox', { name: 'Script or contract' })).toContainText(
    'Deploy.s.sol',
  );
  await deploy.click();
  await page.getByRole('button', { name: 'Trust and deploy' }).click();
  const bell = (n: number) => page.getByRole('button', { name: `Activity, ${n} new` });
  await expect(bell(1)).toBeVisible({ timeout: 60_000 });
  expect(await titles()).toEqual([]);

  await shell.evaluate(() => {
    Object.assign(globalThis, { focused: false });
  });
  await deploy.click();
  await expect.poll(titles, { timeout: 60_000 }).toEqual(['vault #2 succeeded on local']);
  await shell.evaluate(() => {
    (Reflect.get(globalThis, 'shown') as Electron.Notification[])[0]?.emit('click');
  });
  await page.waitForURL(/#\/deployments\/2$/);
  await expect(bell(2)).toBeVisible();

  // Its second button leads there too, and asks.
  await page.evaluate(() => history.pushState(null, '', '/networks'));
  const buttons = await shell.evaluate(() => {
    const [notification] = Reflect.get(globalThis, 'shown') as Electron.Notification[];
    notification?.emit('action', { actionIndex: 1 });
    return notification?.actions.map(({ text }) => text);
  });
  expect(buttons).toEqual(['Open', 'Roll back…']);
  const question = page.getByRole('dialog', { name: 'Roll back to before vault #2?' });
  await expect(question).toBeVisible();
  await page.waitForURL(/\/deployments\/2$/);
  await question.getByRole('button', { name: 'Keep the chain as it is' }).click();

  // One that fails offers another try.
  const script = path.join(fixture.folder, 'script', 'Deploy.s.sol');
  await writeFile(script, 'contract Deploy { function run() external { undeclared(); } }');
  const { url, token } = (await findHost(shell.home)) ?? {};
  const asked = await fetch(`${url}/api/deployments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ project: 1, target: 'local', input: { script: 'script/Deploy.s.sol' } }),
  });
  expect(asked.status, await asked.text()).toBe(200);
  await expect.poll(async () => (await titles())[1]).toBe('vault #3 failed on local');
  await shell.evaluate(() => {
    const [, notification] = Reflect.get(globalThis, 'shown') as Electron.Notification[];
    notification?.emit('action', { actionIndex: 1 });
  });
  await page.waitForURL(/\/deployments\/3$/);
  await expect(page.getByRole('dialog', { name: /vault #3/ })).toBeVisible();
  await page.keyboard.press('Escape');
});
