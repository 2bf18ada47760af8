import { AxeBuilder } from '@axe-core/playwright';
import { rpc } from '#main/eth/rpc.ts';
import { expect, test } from './drydock.ts';

test('a chain mines by hand, shows what waits, and has variables and time set', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page, dialog } = app;
  const { folder } = await project('token-vault');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  await drydock.deploy('harbour', 'script/Deploy.s.sol');
  const call = rpc(await drydock.rpcUrl());
  const [from, to] = await call<string[]>('eth_accounts');

  await app.go('/chains/local');
  const controls = main.getByRole('region', { name: 'Controls' });
  await controls.getByRole('combobox', { name: 'How local mines' }).click();
  await page.getByRole('option', { name: 'By hand' }).click();
  const pending = main.getByRole('region', { name: 'Pending' });
  await expect(pending).toContainText('Nothing waits to be mined.');
  await expect(controls).toContainText('mines by hand');

  const hash = await call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]);
  await call('eth_sendTransaction', [{ from, to, value: '0x1', nonce: '0x63' }]);
  const rows = pending.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2)).toContainText('waits');
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
  await pending.getByRole('button', { name: 'Mine a block' }).click();
  await expect(rows).toHaveCount(2);
  expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull();
  await pending.getByRole('button', { name: /^Drop 0x/ }).click();
  await expect(pending).toContainText('Nothing waits to be mined.');

  // By the name of a variable, and back.
  await controls.getByRole('button', { name: 'Set a variable…' }).click();
  await dialog.getByLabel('Contract').fill('harbour.Vault');
  await dialog.getByLabel('Variable').fill('nothing');
  await dialog.getByLabel('Value').fill('7');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog.getByText(/There is no variable nothing/)).toBeVisible();
  await dialog.getByLabel('Variable').fill('exitFee');
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual(
    [],
  );
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByText('exitFee is set')).toBeVisible();
  const supply = async () =>
    (await drydock.client.contracts.storage({ contract: 'harbour.Vault', variable: 'exitFee' }))
      .variables[0]?.value;
  expect(await supply()).toBe('7');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(supply).not.toBe('7');

  await controls.getByRole('button', { name: 'Jump to a time…' }).click();
  await dialog.getByLabel('Time').fill('2040-01-02T03:04:05');
  await dialog.getByRole('button', { name: 'Jump' }).click();
  await expect(page.getByText(/local is at .*2040/)).toBeVisible();
  await controls.getByRole('combobox', { name: 'How local mines' }).click();
  await page.getByRole('option', { name: 'At an interval' }).click();
  await expect(controls.getByLabel('Seconds between blocks')).toHaveValue('5');
});
