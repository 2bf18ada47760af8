import { expect, test } from './drydock.ts';

test('the gas of a deployment, of its chain, and compared with the next one', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page } = app;
  const { folder } = await project('token-vault');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  const first = await drydock.deploy('harbour', 'script/Deploy.s.sol');
  await app.go(`/deployments/${first.id}`);
  await main.getByRole('button', { name: 'Gas', exact: true }).click();
  await expect(main.getByRole('heading', { name: 'Gas of #1 of harbour' })).toBeVisible();
  const rows = main.getByRole('table', { name: 'Gas' }).getByRole('row');
  await expect(rows.nth(1)).toContainText(/Vault\s*creation\(address,address,uint256\)/);

  // Ordered by another column, and searched.
  await main.getByRole('button', { name: 'Contract', exact: true }).click();
  await expect(main.getByRole('columnheader', { name: 'Contract' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await main.getByRole('searchbox', { name: 'Find a contract' }).fill('approve');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Token');

  // Of the chain, of some of its blocks: the address says which.
  await app.go('/networks/local/gas');
  await expect(main.getByText('creation(address,address,uint256)')).toBeVisible();
  await main.getByRole('textbox', { name: 'From block' }).fill('999');
  await main.getByRole('button', { name: 'Count', exact: true }).click();
  await expect(main.getByText('No call of a contract is known')).toBeVisible();
  expect(page.url()).toContain('from=999');

  const second = await drydock.deploy('harbour', 'script/Deploy.s.sol', 'run(address,uint256)', [
    '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '5',
  ]);
  await app.go(`/deployments/${second.id}/gas`);
  await main.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: /#1 on local/ }).click();
  const changes = main.getByRole('table', { name: 'Gas compared' }).getByRole('row');
  await expect(changes.filter({ hasText: 'Token' }).first()).toContainText(/[+-][\d,.]+/);
  await main.getByRole('switch', { name: 'Show what is the same' }).click();
  await expect(changes.filter({ hasText: 'FeeMath' }).first()).toBeVisible();
});
