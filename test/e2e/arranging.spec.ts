import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '../harness/folder.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('projects are renamed, coloured, grouped and put in order', async ({ app, drydock }) => {
  await using made = await temporaryFolder();
  for (const name of ['alpha', 'beta', 'gamma']) {
    const folder = path.join(made.path, name);
    await mkdir(folder);
    await writeFile(path.join(folder, 'foundry.toml'), '');
    await drydock.client.projects.add({ path: folder });
  }
  const items = app.sidebar.getByRole('link', { name: /alpha|beta|gamma|treasury/ });
  const link = (name: string) => app.sidebar.getByRole('link', { name });
  await expect(items).toHaveText([/^alpha/, /^beta/, /^gamma/]);

  await link('gamma').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Move up' }).click();
  await expect(items).toHaveText([/^alpha/, /^gamma/, /^beta/]);
  await link('beta').dragTo(link('alpha'));
  await expect(items).toHaveText([/^beta/, /^alpha/, /^gamma/]);

  await link('alpha').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Edit…' }).click();
  await app.dialog.getByLabel('Name').fill('beta');
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.dialog).toContainText('Another project is called "beta"');
  await app.dialog.getByLabel('Name').fill('treasury');
  await app.dialog.getByRole('combobox', { name: 'Group' }).fill('Client work');
  await app.dialog.getByRole('radio', { name: 'teal' }).check({ force: true });
  const { violations } = await new AxeBuilder({ page: app.page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'edit-project.png') });
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.dialog).toBeHidden();
  await expect(items).toHaveText([/^beta/, /^gamma/, /^treasury/]);
  await expect(app.sidebar.getByRole('heading', { name: 'Client work' })).toBeVisible();
  await expect(link('treasury').locator('[data-color=teal]')).toBeVisible();
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'arranged.png') });

  // Dropped on one in a group, it joins that.
  await link('beta').dragTo(link('treasury'));
  await expect(items).toHaveText([/^gamma/, /^beta/, /^treasury/]);
  expect(await drydock.client.projects.get({ project: 'beta' })).toMatchObject({
    group: 'Client work',
  });
});

test('the command line arranges projects, too', async ({ drydock }) => {
  await using made = await temporaryFolder();
  for (const name of ['alpha', 'beta']) {
    const folder = path.join(made.path, name);
    await mkdir(folder);
    await writeFile(path.join(folder, 'foundry.toml'), '');
    await drydock.client.projects.add({ path: folder });
  }
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await drydock.run('project', ...args);
    return { code, text: stdout + stderr };
  };
  const edited = await run('edit', 'beta', '--group', 'Client', '--color', 'red', '--json');
  expect(JSON.parse(edited.text)).toMatchObject({ color: 'red', group: 'Client' });
  expect((await run('move', 'beta', '--before', 'alpha')).text).toMatch(/beta[\s\S]+alpha/);
  expect((await run('edit', 'beta', '--color', 'none', '--group', '')).code).toBe(0);
  expect(await drydock.client.projects.get({ project: 'beta' })).toMatchObject({
    ...{ color: null, group: '', name: 'beta' },
  });
  for (const wrong of [
    ['edit', 'beta'],
    ['move', 'beta'],
    ['edit', 'beta', '--color', 'mauve'],
  ]) {
    expect((await run(...wrong)).code).not.toBe(0);
  }
});

test('chains get a colour and an order of their own, in both doors', async ({ app, drydock }) => {
  const { page, dialog } = app;
  await drydock.client.networks.save({ name: 'staging', kind: 'local' });
  await drydock.client.chains.start({ chain: 'staging' });
  const items = app.sidebar.getByRole('link', { name: /^(local|staging)/ });
  await expect(items).toHaveText([/local/, /staging/]);
  await items.last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await expect(items).toHaveText([/staging/, /local/]);
  await items.first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await dialog.getByRole('radio', { name: 'purple' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(items.first().locator('[data-color=purple]')).toBeVisible();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'coloured-chain.png') });
  const { code } = await drydock.run('network', 'move', 'local', '--before', 'staging');
  expect(code).toBe(0);
  await expect(items).toHaveText([/local/, /staging/]);
  expect((await drydock.run('network', 'edit', 'staging', '--color', 'none')).code).toBe(0);
  await expect(items.last().locator('[data-color]')).toHaveCount(0);
  expect((await drydock.run('network', 'move', 'local')).code).not.toBe(0);
});

test('chains are called and grouped as the user likes, and keep their names', async ({
  app,
  drydock,
}) => {
  const { page, dialog } = app;
  for (const name of ['base-fork', 'staging']) {
    await drydock.client.networks.save({ name, kind: 'local' });
  }
  await drydock.client.chains.start({ chain: 'staging' });
  const before = await drydock.client.chains.get({ chain: 'staging' });
  const link = (name: string | RegExp) => app.sidebar.getByRole('link', { name });
  await link(/^staging/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await dialog.getByLabel('Label').fill('Base-Fork');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Another network is called "Base-Fork"');
  await dialog.getByLabel('Label').fill('Dress rehearsal');
  await dialog.getByRole('combobox', { name: 'Group' }).fill('Audit');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  await picture(page, 'edit-chain');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(app.sidebar.getByRole('heading', { name: 'Audit' })).toBeVisible();
  await expect(link(/^staging/)).toHaveCount(0);

  // Dropped on one in a group, it joins that.
  await link(/^base-fork/).dragTo(link(/^Dress rehearsal/));
  const audit = app.sidebar.getByRole('region', { name: 'Audit' }).getByRole('link');
  await expect(audit).toHaveText([/^base-fork/, /^Dress rehearsal/]);

  await link(/^Dress rehearsal/).click();
  await expect(page).toHaveURL(/\/chains\/staging$/);
  await expect(app.main.getByRole('heading', { name: 'Dress rehearsal' })).toBeVisible();
  await expect(app.main.getByText('staging', { exact: true })).toBeVisible();
  await picture(page, 'labelled-chain');
  // What runs goes on as it was.
  const after = await drydock.client.chains.get({ chain: 'staging' });
  const { rpcUrl, startedAt, status } = before;
  expect(after).toMatchObject({ rpcUrl, startedAt, status });

  const list = await drydock.run('network', 'list');
  expect(list.stdout).toMatch(/^staging +Dress rehearsal +local +Audit /m);
  expect((await drydock.run('network', 'edit', 'staging', '--label', '')).code).toBe(0);
  await expect(link(/^staging/)).toBeVisible();
  const taken = await drydock.run('network', 'edit', 'staging', '--label', 'LOCAL');
  expect(taken.stderr).toContain('Another network is called "LOCAL"');
  expect((await drydock.run('network', 'edit', 'staging')).code).not.toBe(0);
});
