import path from 'node:path';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('settings are found by their words, and go back to their default', async ({
  app,
  drydock,
  page,
}) => {
  await page.goto(drydock.address('/settings'));
  const settings = app.main.locator('[data-setting]');
  const search = app.main.getByRole('searchbox', { name: 'Search settings' });
  await expect(app.main.getByRole('heading', { name: 'Appearance' })).toBeVisible();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'settings.png') });
  await search.fill('image builds');
  await expect(settings).toHaveCount(3);
  await expect(app.main.getByRole('heading', { name: 'Appearance' })).toBeHidden();
  await expect(app.main.getByRole('heading', { name: 'Docker' })).toBeVisible();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'settings-found.png') });
  await search.fill('nothing like it');
  await expect(app.main.getByText('No setting has these words.')).toBeVisible();
  await search.press('Escape');
  await expect(search).toHaveValue('');

  const reset = app.main.getByRole('button', { name: /^Snapshot before deploy: back/ });
  await expect(reset).toBeHidden();
  await app.main.getByRole('switch', { name: 'Snapshot before deploy' }).click();
  await expect(app.main.locator('[data-setting="Snapshot before deploy"]')).toContainText(
    'set here',
  );
  await reset.click();
  await expect(reset).toBeHidden();
  await expect
    .poll(async () => (await drydock.client.settings.get()).snapshotBeforeDeploy)
    .toBe(true);
});

test('a text goes back to its default, and a file with settings is taken over', async ({
  app,
  drydock,
  page,
}) => {
  await drydock.client.settings.set({ sourcifyUrl: 'http://127.0.0.1:9/' });
  await page.goto(drydock.address('/settings'));
  const reset = app.main.getByRole('button', { name: /^Address of Sourcify: back/ });
  await reset.click();
  await expect(reset).toBeHidden();
  await expect(app.main.getByRole('textbox', { name: 'Address of Sourcify' })).toHaveValue(
    'https://sourcify.dev/server',
  );
  await app.main.getByLabel('File with settings').setInputFiles({
    name: 'settings.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"concurrentRuns":7}'),
  });
  await expect(app.page.getByText('1 setting taken over')).toBeVisible();
  await expect(app.main.getByRole('combobox', { name: 'Concurrent runs' })).toContainText('7');
  const saved = page.waitForEvent('download');
  await app.main.getByRole('button', { name: 'Export…' }).click();
  expect((await saved).suggestedFilename()).toBe('drydock-settings.json');
});
