import path from 'node:path';
import { encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { shortHex } from '#renderer/ui/format.ts';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

const abi = parseAbi(['function setExitFee(uint256 exitFee)']);

test('transactions of a run, one that failed, its block, addresses, and search', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page, sidebar } = app;
  await app.go('/networks/local/transactions');
  await main.getByRole('button', { name: 'Start local', exact: true }).click();
  await expect(main.getByRole('heading', { name: /Nothing was sent on local/ })).toBeVisible();

  const { folder } = await project('token-vault');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  const run = await drydock.deploy('harbour', 'script/Deploy.s.sol');
  const vault = made(run).contracts.find(({ name }) => name === 'Vault');
  const call = rpc(await drydock.rpcUrl());
  const [from] = await call<string[]>('eth_accounts');
  const send = (fee: bigint) =>
    call<string>('eth_sendTransaction', [
      {
        ...{ from, to: vault?.address, gas: '0x100000' },
        data: encodeFunctionData({ abi, functionName: 'setExitFee', args: [fee] }),
      },
    ]);

  // The open list follows the chain, and goes back with it.
  const rows = main.getByRole('table', { name: 'Transactions' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('approve on Token');
  const snapshot = await drydock.client.chains.snapshot({ chain: 'local', name: 'before' });
  await send(25n);
  await expect(rows.nth(1)).toContainText('setExitFee on Vault');
  await drydock.client.chains.revert({ chain: 'local', snapshot: snapshot.id });
  await expect(rows.nth(1)).toContainText('approve on Token');
  const failed = await send(2000n);
  await expect(rows.nth(1).getByRole('img', { name: 'Reverted' })).toBeVisible();

  // From the list: why it failed, where, and with which values.
  await rows.nth(1).getByRole('link', { name: 'setExitFee on Vault' }).click();
  await expect(main.getByRole('heading', { name: 'setExitFee on Vault' })).toBeVisible();
  await expect(main.getByRole('alert', { name: 'Error' })).toContainText(/FeeTooHigh.*2000/);
  const tree = main.getByRole('tree', { name: 'Trace' });
  const lines = tree.getByRole('treeitem');
  await expect(lines).toHaveText([/Vault\.setExitFee\(2000\)/, /FeeMath\.check\(2000\)/]);
  await expect(lines.nth(1)).toHaveAttribute('aria-selected', 'true');
  const chosen = main.getByRole('region', { name: 'Chosen call' });
  await expect(chosen).toContainText('check(uint256)');

  // Beside it the line of source that it failed at, and from there back and on, by keys.
  const source = main.getByRole('region', { name: 'Source' });
  await expect(source).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(source).toBeHidden();
  await main.getByRole('button', { name: 'source', exact: true }).click();
  await expect(source).toBeVisible();
  await page.setViewportSize({ width: 1680, height: 1000 });
  const meant = source.locator('[aria-current="step"]');
  await expect(source.getByRole('heading', { level: 2 })).toHaveText(/FeeMath\.sol$/);
  await expect(meant).toContainText('FeeTooHigh');
  await expect(source.getByRole('button', { name: 'Error' })).toBeDisabled();
  await page.keyboard.press('ArrowLeft');
  await expect(meant).not.toContainText('revert FeeTooHigh');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await expect(meant).toContainText('FeeTooHigh');
  await source.getByRole('button', { name: 'Start' }).click();
  await expect(lines.first()).toHaveAttribute('aria-selected', 'true');
  await expect(source.getByRole('status')).toHaveText(/^step 1 of \d+$/);
  await lines.nth(1).click();
  await expect(source.getByRole('heading', { level: 2 })).toHaveText(/FeeMath\.sol$/);

  // The tree by keys: up, fold, unfold; and searched.
  await tree.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chosen).toContainText('setExitFee(uint256)');
  await page.keyboard.press('ArrowLeft');
  await expect(lines).toHaveCount(1);
  await page.keyboard.press('f');
  await page.keyboard.type('feemath');
  await page.keyboard.press('Enter');
  await expect(lines.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await tree.focus();

  // What it changed, moved and spent, by keys.
  await page.keyboard.press('2');
  await expect(main.getByRole('table', { name: 'State changes' })).toContainText('nonce');
  await page.keyboard.press('3');
  await expect(main.getByText('It was reverted: nothing moved.')).toBeVisible();
  await page.keyboard.press('4');
  await expect(main.getByRole('table', { name: 'Gas', exact: true })).toContainText(
    'FeeMath.check',
  );

  // Its tabs have addresses of their own.
  await main.getByRole('tab', { name: 'Raw' }).click();
  await expect(main.getByRole('region', { name: 'Input' })).toContainText('36 bytes');
  expect(new URL(page.url()).pathname).toBe(`/networks/local/transactions/${failed}/raw`);

  // Its block, and back to what it was sent to.
  await main.getByRole('link', { name: 'Block 5' }).click();
  await expect(main.getByRole('heading', { name: 'Block 5' })).toBeVisible();
  await main.getByRole('button', { name: 'The block before' }).click();
  await expect(main.getByRole('heading', { name: 'Block 4' })).toBeVisible();
  await main.getByRole('link', { name: /approve on Token/ }).click();
  await expect(main.getByRole('list', { name: 'Events' })).toContainText('Approval');
  await main.getByRole('link', { name: 'Token', exact: true }).first().click();
  await expect(main.getByRole('heading', { name: 'Token' })).toBeVisible();
  await main.getByRole('link', { name: 'harbour #1' }).click();
  await expect(main.getByRole('heading', { name: 'Deployment #1 of harbour' })).toBeVisible();

  // From the run's table, and by the palette.
  await app.table.getByRole('link', { name: shortHex(vault?.transactionHash ?? '') }).click();
  await expect(main.getByRole('heading', { name: 'new Vault' })).toBeVisible();
  await expect(lines.first()).toContainText('Vault.constructor(Token,');
  await page.keyboard.press('Control+k');
  await app.dialog.getByPlaceholder('Search projects').fill(vault?.address ?? '');
  await expect(app.dialog.getByRole('option', { name: /^Open address/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(main.getByRole('heading', { name: 'Vault' })).toBeVisible();

  // Search: a name, a block, a hash, and what isn't there.
  await sidebar.getByRole('link', { name: 'Transactions' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('Vault');
  await page.keyboard.press('Enter');
  await expect(main.getByRole('heading', { name: 'Vault' })).toBeVisible();
  await sidebar.getByRole('link', { name: 'Transactions' }).click();
  const box = main.getByRole('searchbox', { name: /Find a hash/ });
  await box.fill('999');
  await box.press('Enter');
  await expect(main.getByText('Nothing on local is called that.')).toBeVisible();
  await box.fill(failed);
  await box.press('Enter');
  await expect(main.getByRole('alert', { name: 'Error' })).toContainText('FeeTooHigh');

  // Of a chain that stops it shows what was recorded, and everything once it runs again.
  await drydock.client.chains.stop({ chain: 'local' });
  const stopped = main.getByText('This chain does not run.');
  await expect(stopped).toBeVisible();
  await expect(main.getByRole('alert', { name: 'Error' })).toContainText('FeeTooHigh');
  await expect(lines).toHaveText([/Vault\.setExitFee\(2000\)/, /FeeMath\.check\(2000\)/]);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'stopped-transaction.png') });
  await sidebar.getByRole('link', { name: 'Transactions' }).click();
  await expect(stopped).toBeVisible();
  await expect(rows.nth(1)).toContainText('setExitFee on Vault');
  if (pictures) await page.screenshot({ path: path.join(pictures, 'stopped-transactions.png') });
  await main.getByRole('button', { name: 'Start local', exact: true }).click();
  await expect(stopped).toBeHidden();
});
