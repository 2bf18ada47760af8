import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { contractsResultOf } from '#main/shared/result-parts.ts';
import { expect, test } from './drydock.ts';

test('what changed since a snapshot is shown by account, narrowed down, turned round and exported', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page } = app;
  await page.setViewportSize({ width: 1024, height: 700 });
  const { folder } = await project('token-vault');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  const run = await drydock.deploy('harbour', 'script/Deploy.s.sol');
  await drydock.client.chains.snapshot({ chain: 'local', name: 'deployed' });
  const call = rpc(await drydock.rpcUrl());
  const [from] = await call<string[]>('eth_accounts');
  const contracts = contractsResultOf(run.result)?.contracts ?? [];
  const vault = contracts.find(({ name }) => name === 'Vault')?.address;
  const data = encodeFunctionData({
    abi: parseAbi(['function setExitFee(uint256 exitFee)']),
    args: [77n],
  });
  await call('eth_sendTransaction', [{ from, to: vault, data, gas: '0x100000' }]);
  await call('anvil_setBalance', [
    '0x00000000000000000000000000000000DeaDBeef',
    '0x1bc16d674ec80000',
  ]);

  // From the list of snapshots.
  await app.go('/chains/local');
  const item = main.getByRole('listitem', { name: 'Snapshot deployed' });
  await item.getByRole('button', { name: 'More for snapshot deployed' }).click();
  await page.getByRole('menuitem', { name: 'Compare with now' }).click();
  await expect(main.getByRole('heading', { name: 'State compared' })).toBeVisible();
  const table = main.getByRole('table', { name: 'State changes' });
  const fee = table.getByRole('row').filter({ hasText: 'exitFee' });
  await expect(fee).toContainText('77');
  await expect(table.getByRole('row').filter({ hasText: 'balance' }).first()).toContainText('ETH');
  expect(page.url()).toMatch(/chains\/local\/diff\/\d+\/now$/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  // Narrowed down by kind and by text.
  const rows = table.getByRole('row');
  await main.getByRole('combobox', { name: 'Show' }).click();
  await page.getByRole('option', { name: 'Storage' }).click();
  await expect(rows.filter({ hasText: 'balance' })).toHaveCount(0);
  await main.getByRole('searchbox', { name: 'Find an account' }).fill('exitfee');
  await expect(rows).toHaveCount(3);
  await main.getByRole('searchbox', { name: 'Find an account' }).fill('nowhere at all');
  await expect(main.getByText('Nothing of what differs fits.')).toBeVisible();
  await main.getByRole('searchbox', { name: 'Find an account' }).fill('');

  // The other way round, and of what comes meanwhile.
  await main.getByRole('button', { name: 'Swap' }).click();
  await expect(fee).toContainText(/77.*→/s);
  expect(page.url()).toMatch(/diff\/now\/\d+$/);
  await drydock.client.chains.mine({ chain: 'local', blocks: 3 });
  await main.getByRole('button', { name: 'Compare again' }).last().click();

  // Saved as a test.
  const download = page.waitForEvent('download');
  await main.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Save as Solidity test' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('ChainState.t.sol');
  expect(await readFile(await file.path(), 'utf8')).toContain('contract ChainStateTest is Test');

  // Both sides the same.
  await main.getByRole('combobox', { name: 'After' }).click();
  await page.getByRole('option', { name: /^Now/ }).click();
  await expect(main.getByText('Nothing differs')).toBeVisible();

  // From the palette, and to a snapshot that is not there.
  await app.go('/chains/local/diff/999999/now');
  await expect(main.getByText('has no snapshot "999999"')).toBeVisible();
});
