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
  await reset.click();
  await expect(reset).toBeHidden();
  await expect
    .poll(async () => (await drydock.client.settings.get()).snapshotBeforeDeploy)
    .toBe(true);
});
