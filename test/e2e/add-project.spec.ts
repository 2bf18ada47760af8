import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { temporaryFolder } from '../harness/folder.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

async function put(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

test('a folder that can be added in two ways shows both, and one is chosen', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await put(folder, { Dockerfile: 'FROM node:24\nEXPOSE 3000\n' });
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  await app.dialog.getByLabel('Folder').fill(folder);
  const add = app.dialog.getByRole('button', { name: 'Add project' });
  const foundry = app.dialog.getByRole('radio', { name: 'Foundry' });
  const other = app.dialog.getByRole('radio', { name: 'App' });
  await expect(foundry).toHaveAccessibleDescription(/foundry\.toml/);
  await expect(other).toHaveAccessibleDescription(/exposes port 3000/);
  await expect(add).toBeDisabled();
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'add-two-ways.png') });
  const { violations } = await new AxeBuilder({ page: app.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  await foundry.check();
  await other.check();
  await expect(foundry).not.toBeChecked();
  await add.click();
  await expect(app.dialog).toBeHidden();
  expect(await drydock.client.projects.list()).toMatchObject([{ path: folder, kind: 'app' }]);
});

test('several folders of a monorepo are added at once, those with a problem are not', async ({
  app,
  drydock,
}) => {
  await using made = await temporaryFolder();
  const root = made.path;
  await put(root, {
    'packages/contracts/foundry.toml': '',
    'packages/old/foundry.toml': '[profile',
    'shop/Dockerfile': 'FROM node:24\nEXPOSE 3000\n',
    'shop/contracts/foundry.toml': '',
  });
  const known = path.join(root, 'packages/contracts');
  await drydock.client.projects.add({ path: known, name: 'ledger' });
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  await app.dialog.getByLabel('Folder').fill(root);
  const box = (name: RegExp) => app.dialog.getByRole('checkbox', { name });
  await expect(box(/^shop App/)).not.toBeChecked();
  await expect(box(/^packages\/old Foundry/)).toBeDisabled();
  await expect(box(/^packages\/old Foundry/)).toHaveAccessibleDescription(/foundry\.toml/);
  await expect(box(/^packages\/contracts in Drydock as ledger/)).toBeEnabled();
  await expect(app.dialog.getByRole('button', { name: 'Add project' })).toBeDisabled();
  await box(/^shop App/).check();
  await box(/^shop\/contracts Foundry/).check();
  await expect(app.dialog.getByLabel('Name')).toBeDisabled();
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'add-several.png') });
  await app.dialog.getByRole('button', { name: 'Add 2 projects' }).click();
  await expect(app.dialog).toBeHidden();
  await expect(app.main.getByRole('heading', { name: 'shop' })).toBeVisible();
  const kinds = (await drydock.client.projects.list()).map(({ name, kind }) => [name, kind]);
  expect(kinds).toEqual([
    ['contracts', 'foundry'],
    ['ledger', 'foundry'],
    ['shop', 'app'],
  ]);
});

test('a folder is found by looking through the folders, by keys alone', async ({
  app,
  drydock,
}) => {
  await using made = await temporaryFolder();
  await put(made.path, { 'code/vault/foundry.toml': '', 'code/notes/read.me': '' });
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  const field = app.dialog.getByLabel('Folder', { exact: true });
  await field.fill(made.path);
  await app.dialog.getByRole('button', { name: 'Browse' }).click();
  const folders = app.dialog.getByRole('region', { name: 'Folders' });
  // The tests' folders lie outside of the home folder.
  await folders.getByRole('button', { name: 'Look outside of it' }).click();
  await folders.getByRole('button', { name: 'code' }).focus();
  await app.page.keyboard.press('Enter');
  await expect(folders.getByRole('button', { name: 'notes' })).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await expect(folders.getByRole('button', { name: 'vault project' })).toBeFocused();
  await app.page.keyboard.press('ArrowLeft');
  await expect(folders.getByRole('button', { name: 'code' })).toBeFocused();
  await app.page.keyboard.press('Enter');
  await folders.getByRole('button', { name: 'vault project' }).click();
  await expect(field).toHaveValue(/code.vault$/);
  await expect(folders).toContainText('There is no folder in it.');
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'browse.png') });
  const { violations } = await new AxeBuilder({ page: app.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  await app.dialog.getByRole('button', { name: 'Add project' }).click();
  await expect(app.dialog).toBeHidden();
  expect(await drydock.client.projects.list()).toMatchObject([{ name: 'vault' }]);
});
