import { AxeBuilder } from '@axe-core/playwright';
import { privateKeyToAddress } from 'viem/accounts';
import { rpc } from '#main/eth/rpc.ts';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

const STRANGER = '0x00000000000000000000000000000000DeaDBeef';

test('accounts are looked at, given tokens, watched and impersonated', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page, dialog } = app;
  const { folder } = await project('token-vault');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  const run = await drydock.deploy('harbour', 'script/Deploy.s.sol');
  const token = made(run).contracts.find(({ name }) => name === 'Token')?.address ?? '';
  const call = rpc(await drydock.rpcUrl());
  const [, bob = ''] = await call<string[]>('eth_accounts');

  await app.go('/networks/local/accounts');
  const table = main.getByRole('table', { name: 'Accounts' });
  const rowOf = (address: string) => table.locator(`tr[data-address="${address}" i]`);
  await expect(table.locator('tr[data-address]')).toHaveCount(10);
  await expect(rowOf(bob)).toContainText('10,000');
  await expect(rowOf(bob).getByRole('button', { name: /tokens of/ })).toHaveText(/none/);

  // One key at a time, and none after the page was left.
  const shown = table.getByRole('group', { name: /^Private key of/ });
  const key = shown.getByRole('code');
  await expect(key).toHaveCount(0);
  await rowOf(bob).getByRole('button', { name: 'Show the private key' }).click();
  await expect(key).toHaveText(/^0x[0-9a-f]{64}$/);
  expect(privateKeyToAddress((await key.textContent()) as `0x${string}`).toLowerCase()).toBe(
    bob.toLowerCase(),
  );
  await table.getByRole('button', { name: 'Show the private key' }).first().click();
  await expect(key).toHaveCount(1);
  await expect(shown).toHaveAccessibleName(/0xf39F/i);
  await app.go('/networks/local/transactions');
  await app.go('/networks/local/accounts');
  await expect(table.locator('tr[data-address]')).toHaveCount(10);
  await expect(key).toHaveCount(0);

  // Tokens, from the line of one of them.
  await rowOf(bob)
    .getByRole('button', { name: /tokens of/ })
    .click();
  const deal = table.getByRole('button', { name: /^Deal / }).first();
  await deal.click();
  await expect(dialog.getByRole('heading', { name: 'Deal tokens' })).toBeVisible();
  await dialog.getByLabel('Balance afterwards').fill('1,5');
  await expect(dialog.getByText('give an amount such as 1000 or 1.5')).toBeVisible();
  await dialog.getByLabel('Balance afterwards').fill('1234.5');
  await dialog.getByRole('button', { name: 'Deal', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(bob)).toContainText(/1,234\.5/);

  // Any address, by the palette and the keyboard alone.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Watch an address on local');
  await expect(dialog.getByRole('option', { name: /^Watch an address/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('heading', { name: 'Watch an address' })).toBeVisible();
  await page.keyboard.type(STRANGER);
  await dialog.getByLabel('What it is for').fill('the hot wallet');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(rowOf(STRANGER)).toContainText(/watched.*the hot wallet/);

  const choose = async (item: string) => {
    await rowOf(STRANGER)
      .getByRole('button', { name: /^More for/ })
      .click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Impersonate…');
  await dialog.getByRole('button', { name: 'Impersonate' }).click();
  await expect(rowOf(STRANGER)).toContainText('impersonated');
  await rowOf(STRANGER).getByRole('button', { name: 'Fund…' }).click();
  await dialog.getByRole('button', { name: 'Fund' }).click();
  await expect(rowOf(STRANGER)).toContainText('100');
  await call('eth_sendTransaction', [{ from: STRANGER, to: bob, value: '0x1' }]);

  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 700 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over).toBeLessThanOrEqual(0);
  await expect(rowOf(STRANGER).getByRole('button', { name: /^More for/ })).toBeInViewport();

  // Calls are sent as it.
  await choose('Send as');
  await expect(main.getByRole('heading', { name: 'Contracts' })).toBeVisible();
  await app.go(
    `/contracts/local/${token}/functions/${encodeURIComponent('approve(address,uint256)')}`,
  );
  await expect(main.getByRole('combobox', { name: 'From' })).toHaveValue(STRANGER);

  await app.go('/networks/local/accounts');
  await choose('Stop impersonating');
  await expect(rowOf(STRANGER)).not.toContainText('impersonated');
  await choose('Stop watching');
  await expect(rowOf(STRANGER)).toHaveCount(0);

  // Of a long list only the lines in view are drawn.
  for (let i = 0; i < 150; i++) {
    const account = `0x${(0xabc000 + i).toString(16).padStart(40, '0')}`;
    await drydock.client.accounts.watch({ network: 'local', account });
  }
  await expect(table).toHaveAttribute('aria-rowcount', '161');
  expect(await table.locator('tr[data-address]').count()).toBeLessThan(120);

  // A chain that is stopped says so, with the way out.
  await drydock.client.chains.stop({ chain: 'local' });
  await expect(main.getByText('This chain does not run')).toBeVisible();
  await main.getByRole('button', { name: /Start/ }).click();
  await expect(table.locator('tr[data-address]').first()).toBeVisible();
});
