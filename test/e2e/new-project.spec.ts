import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { temporaryFolder } from '../harness/folder.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('from an empty window to a deployed contract: a template, its folder, and D', async ({
  app,
  page,
}) => {
  await using place = await temporaryFolder();
  const steps = app.main.getByRole('list', { name: 'First steps' });
  await expect(steps.getByRole('list', { name: 'This machine' })).toContainText('anvil');
  if (pictures) await page.screenshot({ path: path.join(pictures, 'welcome.png') });
  await steps.getByRole('button', { name: 'New project…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await expect(dialog.getByText('Needs nothing but what is here')).toBeVisible();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'new-project.png') });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);

  // What is there already is not overwritten.
  const folder = dialog.getByLabel('Folder');
  await folder.fill(path.dirname(place.path));
  await dialog.getByRole('button', { name: 'Make project' }).click();
  await expect(dialog.getByRole('alert')).toContainText('nothing of yours is overwritten');
  await folder.fill(path.join(place.path, 'counter'));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(app.deployButton).toBeEnabled();
  await page.keyboard.press('d');
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 90_000 });
});

test('a new project is offered where one is added, and in the palette', async ({ app, page }) => {
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  await app.dialog.getByRole('button', { name: 'Make a new one…' }).click();
  await expect(page.getByRole('dialog', { name: 'New project' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('template');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New project' })).toBeVisible();
});
