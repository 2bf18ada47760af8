import { rm } from 'node:fs/promises';
import path from 'node:path';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

const HOLDER = '0x000000000000000000000000000000000000dEaD';

test('a contract of a project without scripts is deployed by its constructor', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  await rm(path.join(folder, 'script'), { recursive: true });
  await app.addProject(folder);
  const token = 'src/Token.sol:Token';
  await app.chooseScript(new RegExp(`^${token}`));

  const fields = app.page.getByRole('group', { name: 'Arguments' });
  await fields.getByLabel('name_').fill('Harbour');
  await fields.getByLabel('symbol_').fill('HBR');
  await fields.getByLabel('holder').fill(HOLDER);
  await app.deployButton.click();
  const supply = fields.getByLabel('supply');
  await expect(supply).toHaveAccessibleDescription('Fill in supply (uint256).');
  await supply.fill('1.5ether');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });
  await expect(app.table.getByRole('row', { name: /Token/ })).toBeVisible();
  const run = await drydock.client.deployments.get({ id: 1 });
  expect(run.input).toMatchObject({ script: token, args: ['Harbour', 'HBR', HOLDER, '1.5ether'] });

  // Another one from the palette: its form is shown, and says what is missing.
  await app.command('Deploy Vault');
  await expect(app.page.getByRole('combobox', { name: 'Script or contract' })).toContainText(
    'src/Vault.sol:Vault',
  );
  await fields.getByLabel('asset_').fill(made(run).contracts[0]?.address as string);
  await fields.getByLabel('treasury_').fill(HOLDER);
  await fields.getByLabel('exitFee_').fill('10001');
  await app.deployButton.click();
  await expect(app.headline).toContainText('failed', { timeout: 60_000, ignoreCase: true });
  await expect(app.main.getByText(/The constructor of Vault would fail/).first()).toBeVisible();
  await app.editForm();
  await fields.getByLabel('exitFee_').fill('100');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 2 contracts', { timeout: 60_000 });
  await expect(app.table.getByRole('row', { name: /FeeMath/ })).toBeVisible();

  // And anew from where it is listed, and from its own page.
  const entry = app.page.getByRole('combobox', { name: 'Script or contract' });
  await app.go('/projects/1/contracts');
  const live = app.main.getByRole('table', { name: 'Live contracts' });
  await live.getByRole('button', { name: 'Deploy Token…' }).click();
  await expect(entry).toContainText(token);
  const { contracts } = await drydock.client.contracts.live({ target: 'local' });
  const vault = contracts.find(({ name }) => name === 'Vault');
  await app.go(`/contracts/local/${vault?.address}`);
  await app.main.getByRole('button', { name: 'Deploy Vault…' }).click();
  await expect(entry).toContainText('src/Vault.sol:Vault');
});
