import { encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { shortHex } from '#renderer/ui/format.ts';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

const abi = parseAbi(['function approve(address,uint256)']);

test('an address is labelled where it stands, and called so everywhere', async ({
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
  const [alice = '', bob = ''] = await call<string[]>('eth_accounts');
  const data = encodeFunctionData({ abi, args: [bob as `0x${string}`, 5n] });
  const hash = await call<string>('eth_sendTransaction', [{ from: alice, to: token, data }]);

  // Beside an account of the chain.
  await app.go('/chains/local');
  const accounts = page.getByRole('list', { name: 'Accounts' }).first();
  const first = accounts.getByRole('listitem').first();
  await first.getByRole('link').hover();
  await first.getByTitle('Label…').click();
  await expect(dialog).toContainText(alice, { ignoreCase: true });
  const label = dialog.getByLabel('Label', { exact: true });
  await label.fill('0x12');
  await expect(dialog.getByText('give a label that does not begin as an address')).toBeVisible();
  await label.fill('Harbour master');
  await dialog.getByRole('radio', { name: 'teal' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(first.getByRole('link', { name: 'Harbour master' })).toBeVisible();
  await expect(first.locator('[data-color=teal]')).toBeVisible();

  // From its page, on one network; a label names one address.
  await app.go(`/networks/local/addresses/${bob}`);
  await main.getByRole('button', { name: 'Label…' }).click();
  await dialog.getByRole('combobox', { name: 'Where' }).click();
  await page.getByRole('option', { name: 'local', exact: true }).click();
  await label.fill('harbour MASTER');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText(/is called "harbour MASTER" already/)).toBeVisible();
  await label.fill('Pilot');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByRole('heading', { name: 'Pilot' })).toBeVisible();

  // By a command, while the window is open: in lists, values and the trace.
  await drydock.client.addressBook.set({ address: token, label: 'Harbour coin', color: 'orange' });
  await app.go(`/networks/local/transactions/${hash}`);
  await expect(main.getByRole('heading', { name: 'approve on Harbour coin' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Harbour master', exact: true })).toBeVisible();
  await expect(main.getByRole('treeitem').first()).toContainText('Harbour coin.approve(Pilot, 5)');
  await expect(main.getByRole('list', { name: 'Events' })).toContainText(/Pilot 0x/i);
  await app.go(`/deployments/${run.id}`);
  await expect(app.table.getByRole('link', { name: 'Harbour coin' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Harbour master' })).toBeVisible();

  // It is found by search, and picked where an address is asked for.
  await app.go('/networks/local/transactions');
  const box = main.getByRole('searchbox', { name: /Find a hash/ });
  await box.fill('harbour coin');
  await box.press('Enter');
  await expect(main.getByRole('heading', { name: 'Harbour coin' })).toBeVisible();
  await app.go('/addresses');
  const rows = main.getByRole('table', { name: 'Labelled addresses' }).getByRole('row');
  await expect(rows).toHaveText([
    /Label/,
    /Harbour coin.*all/,
    /Harbour master.*all/,
    /Pilot.*local/,
  ]);
  await main.getByRole('button', { name: 'Label an address' }).click();
  await dialog.getByRole('combobox', { name: 'Where' }).click();
  await page.getByRole('option', { name: 'local', exact: true }).click();
  const field = dialog.getByRole('combobox', { name: 'Address' });
  await field.fill('pil');
  const labels = page.getByRole('group', { name: 'Labels' });
  await labels.getByRole('option', { name: /Pilot/ }).click();
  await expect(field).toHaveValue(new RegExp(bob, 'i'));
  // An address that is typed to its end leaves nothing to pick, and covers nothing.
  await field.press('End');
  await field.press('Backspace');
  await expect(labels.getByRole('option', { name: /Pilot/ })).toBeVisible();
  await field.press(bob.slice(-1));
  await expect(labels).toBeHidden();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // Taken off, the address is itself again.
  await rows
    .nth(2)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(rows).toHaveCount(3);
  await app.go('/chains/local');
  await expect(
    accounts.getByRole('link', { name: new RegExp(shortHex(alice).slice(0, 6), 'i') }),
  ).toBeVisible();
});
