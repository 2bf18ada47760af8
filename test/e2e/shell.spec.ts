import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './drydock.ts';

const paste = (field: Locator, text: string) =>
  field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);

test('a shell in the window: typing, shortcuts, reload, flood, paste, exit', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  const { page } = app;
  await app.addProject(folder, 'vault');
  await page.getByRole('button', { name: 'Open a shell in vault' }).click();
  const shell = page.getByRole('region', { name: 'Shell in vault' });
  const screen = shell.locator('.xterm-rows');
  const field = shell.getByRole('textbox');
  await expect(field).toBeFocused();

  // Letters that are shortcuts of the window elsewhere.
  await page.keyboard.type('echo drs$((40+2))\n');
  await expect(screen).toContainText('drs42');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+U');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await drydock.client.deployments.list({})).total).toBe(0);

  await page.keyboard.type('stty size\n');
  const { rows, columns } = await shell.evaluate((element) => ({ ...element.dataset }));
  await expect(screen).toContainText(`${rows} ${columns}`);

  await page.reload();
  await expect(screen).toContainText('drs42');
  await field.focus();
  await page.keyboard.type('echo again$((1+1))\n');
  await expect(screen).toContainText('again2');
  await expect(screen).not.toContainText('^[[');

  await page.keyboard.type('seq 1 1500000; echo flood is ov""er\n');
  await page.keyboard.press('Shift+Escape');
  await expect(page.getByRole('tab', { name: /^shell/ })).toBeFocused();
  // The window answers while it pours.
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(screen).toContainText('flood is over', { timeout: 60_000 });
  await expect(screen).toContainText('1500000');

  await field.focus();
  await page.keyboard.type("stty -echo; echo re''ady; cat > clip; echo pas''ted\n");
  await expect(screen).toContainText('ready');
  const text = `${'grüße 漢字 🎉 '.repeat(20)}\n`.repeat(1000);
  await paste(field, text);
  await page.keyboard.press('Control+D');
  await expect(screen).toContainText('pasted');
  const arrived = await readFile(path.join(folder, 'clip'), 'utf8');
  expect(arrived === text).toBe(true);

  await page.keyboard.type('exit 3\n');
  await expect(page.getByRole('status').filter({ hasText: 'exit code 3' })).toBeVisible();
  await page.getByRole('button', { name: 'New shell' }).click();
  // The one that has ended has the same place and name until then.
  await expect(page.getByRole('status').filter({ hasText: 'exit code 3' })).toHaveCount(0);
  await expect(field).toBeFocused();
  await expect(page.getByRole('tab', { name: /^shell/ })).toHaveCount(1);
  await page.keyboard.type('echo fresh$((2+2))\n');
  await expect(screen).toContainText('fresh4');

  // A deployment brings its log to the front, and the shell stays.
  await page.keyboard.press('Shift+Escape');
  await app.deployButton.click();
  await expect(app.log).toBeVisible();
  await page.getByRole('tab', { name: /^shell/ }).click();
  await expect(screen).toContainText('fresh4');
  await page.getByRole('button', { name: 'More for this tab' }).click();
  await page.getByRole('menuitem', { name: 'Close', exact: true }).click();
  await expect(shell).toHaveCount(0);
  await expect.poll(() => drydock.client.terminals.list({})).toEqual([]);
});
