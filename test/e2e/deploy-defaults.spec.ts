import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const TREASURY = '0x000000000000000000000000000000000000dEaD';
const RUN = 'run(address,uint256)';

test('the form begins with what is kept for its network, until something is typed', async ({
  app,
  drydock,
  project,
}) => {
  const { page, main } = app;
  const { folder } = await project('token-vault');
  await appendFile(path.join(folder, 'foundry.toml'), '\n[profile.lite]\noptimizer = false\n');
  await drydock.client.networks.save({ name: 'second', kind: 'local', chainId: 31_338 });
  await app.addProject(folder, 'vault');
  const fields = page.getByRole('group', { name: 'Arguments' });
  const supply = fields.getByLabel('supply');
  const mark = main.getByText('default for local', { exact: true }).first();
  const menu = async (network: string, item: string) => {
    await main.getByRole('button', { name: `Defaults for ${network}` }).click();
    await page.getByRole('menuitem', { name: `${item} default for ${network}` }).click();
  };

  // What can't be kept says so beside its field.
  await app.choose('Function', RUN);
  await fields.getByLabel('treasury').fill(TREASURY);
  await expect(mark).toBeHidden();
  await supply.fill('-1');
  await menu('local', 'Keep as');
  await expect(supply).toHaveAccessibleDescription(/whole number/);
  await supply.fill('5');
  await app.choose('Profile', 'lite');
  await main.getByRole('button', { name: 'More options' }).click();
  await main.getByLabel('Tool options').fill('--legacy');
  await menu('local', 'Keep as');
  await expect(mark).toBeVisible();
  const kept = {
    ...{ script: 'script/Deploy.s.sol:Deploy', sig: RUN, args: [TREASURY, '5'] },
    ...{ profile: 'lite', options: ['--legacy'] },
  };
  const list = () => drydock.client.deployDefaults.list({ project: 'vault' });
  expect(await list()).toEqual([{ target: 'local', input: kept }]);

  // Typed for this network, and only until the window is opened again.
  await supply.fill('7');
  await expect(supply).toHaveValue('7');
  await app.choose('Network', /\bsecond\b/);
  await expect(mark).toBeHidden();
  await app.choose('Function', 'run()');
  await app.choose('Network', /\blocal\b/);
  await expect(supply).toHaveValue('7');
  await page.reload();
  await expect(supply).toHaveValue('5');
  await expect(page.getByRole('combobox', { name: 'Function' })).toContainText(RUN);
  await expect(page.getByRole('combobox', { name: 'Profile' })).toContainText('lite');

  // What is emptied is not sent, though it is kept.
  await main.getByRole('button', { name: 'More options' }).click();
  await main.getByLabel('Tool options').fill('');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 3 contracts', { timeout: 60_000 });
  const { input } = await drydock.client.deployments.get({ id: 1 });
  const { options: _, ...others } = kept;
  expect(input).toEqual({ ...others, snapshot: true });

  await app.tab(/Settings/);
  const defaults = page.getByRole('list', { name: 'Defaults by network' });
  await expect(defaults.getByRole('listitem')).toContainText(['local']);
  await expect(defaults).toContainText('--legacy');
  await defaults.getByRole('button', { name: 'Forget default for local' }).click();
  await expect(defaults).toBeHidden();
  expect(await list()).toEqual([]);
  await app.tab(/Deploy/);
  await expect(mark).toBeHidden();
  await app.command('Keep the form of vault as default for local');
  await expect(mark).toBeVisible();

  // For all networks: also where nothing was kept.
  await main.getByRole('button', { name: 'Defaults for local' }).click();
  await page.getByRole('menuitem', { name: 'Keep as default everywhere' }).click();
  await app.choose('Network', /\bsecond\b/);
  await expect(main.getByText('default for second', { exact: true }).first()).toBeVisible();
  await app.tab(/Settings/);
  await expect(defaults.getByRole('listitem')).toContainText(['everywhere', 'local']);
  await defaults.getByRole('button', { name: 'Forget default for everywhere' }).click();
  await expect(defaults.getByRole('listitem')).toHaveCount(1);
});
