import { dialogFaults } from '#test/harness/dialog-faults.ts';
import { keyedUpstream } from '#test/harness/keyed-upstream.ts';
import { expect, test } from './drydock.ts';

const VALUE = 'Bearer k3y-0f-a-pr0vider-7Qe93xPbV2';

test('headers for the node of a fork are set, kept unseen, replaced and removed', async ({
  app,
  drydock,
}) => {
  const { main, page, dialog } = app;
  const { chains, networks, settings } = drydock.client;
  await chains.start({ chain: 'local' });
  await using upstream = await keyedUpstream(await drydock.rpcUrl(), {
    ...{ name: 'authorization', value: VALUE },
  });

  await app.go('/networks');
  await main.getByRole('button', { name: 'Add network' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('keyed');
  await dialog.getByLabel('Fork from RPC URL').fill(upstream.url);
  const save = dialog.getByRole('button', { name: 'Save' });
  await dialog.getByRole('button', { name: 'Add a header' }).press('Enter');
  const name = dialog.getByLabel('Name of header 1');
  await expect(name).toBeFocused();
  await page.keyboard.type('host');
  await page.keyboard.press('Tab');
  await page.keyboard.type(VALUE);
  await expect(dialog.getByText('this header is set for each request by itself')).toBeVisible();
  await expect(save).toBeDisabled();
  await name.fill('Authorization');
  const value = dialog.getByLabel('Value of Authorization');
  await expect(value).toHaveAttribute('type', 'password');
  for (const theme of ['dark', 'light'] as const) {
    await settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await dialogFaults(page), theme).toEqual([]);
  }
  await save.click();
  await expect(dialog).toContainText('Its newest block is 0');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const test = async () => (await networks.test({ name: 'keyed' })).ok;
  expect(await test()).toBe(true);

  const edit = async () => {
    await main.getByRole('button', { name: 'More for keyed' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
  };
  await edit();
  await expect(dialog.getByText('authorization', { exact: true })).toBeVisible();
  await expect(dialog.getByLabel('Value of authorization')).toHaveValue('');
  expect(await page.content()).not.toContain('k3y-0f-a-pr0vider');
  // Saved with something else, it stays.
  await dialog.getByLabel('Fork block').fill('0');
  await save.click();
  await expect(dialog).toHaveCount(0);
  expect(await test()).toBe(true);

  await edit();
  await dialog.getByLabel('Value of authorization').fill('Bearer another');
  await save.click();
  await expect(dialog).toHaveCount(0);
  expect(await test()).toBe(false);

  await edit();
  await dialog.getByRole('button', { name: 'Remove authorization' }).click();
  await expect(dialog).toContainText('goes when this is saved');
  await dialog.getByRole('button', { name: 'Keep authorization' }).click();
  await dialog.getByRole('button', { name: 'Remove authorization' }).click();
  await save.click();
  await expect(dialog).toHaveCount(0);
  expect((await networks.get({ name: 'keyed' })).headers).toEqual([]);
});
