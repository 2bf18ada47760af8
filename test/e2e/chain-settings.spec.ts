import { mnemonicToAccount } from 'viem/accounts';
import { rpc } from '#main/eth/rpc.ts';
import { dialogFaults } from '#test/harness/dialog-faults.ts';
import { expect, test } from './drydock.ts';

const mnemonic = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

test('a chain is created as its settings say, and anew only after a question', async ({
  app,
  drydock,
}) => {
  const { main, page, dialog } = app;
  const { chains, settings } = drydock.client;
  await app.go('/chains/local');
  await main.getByRole('button', { name: 'Settings…' }).first().click();
  await app.choose('Hardfork', 'cancun');
  await dialog.getByLabel('Chain id').fill('4242');
  await dialog.getByLabel('Accounts').fill('101');
  await expect(dialog.getByLabel('Accounts')).toHaveAccessibleDescription('From 1 to 100.');
  await dialog.getByLabel('Accounts').fill('3');
  await dialog.getByLabel('Balance of each').fill('7');
  await dialog.getByLabel('Code size limit').fill('131,072');
  await app.choose('Keys from', /^a mnemonic of your own/);
  const start = dialog.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeDisabled();
  const words = dialog.getByLabel('Mnemonic', { exact: true });
  await words.fill('legal winner');
  await start.click();
  await expect(words).toHaveAccessibleDescription(/^That is no mnemonic/);

  // As a file of notes has it, a few words a line.
  await words.focus();
  await words.selectText();
  await words.evaluate(
    (field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    mnemonic.replaceAll('thank ', 'thank\n'),
  );
  await expect(words).toHaveValue(mnemonic);
  await expect(words).toHaveAttribute('type', 'password');
  await dialog.getByRole('button', { name: 'Show the mnemonic' }).click();
  await expect(words).toHaveAttribute('type', 'text');
  await dialog.getByRole('button', { name: 'Hide the mnemonic' }).click();
  for (const theme of ['dark', 'light'] as const) {
    await settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await dialogFaults(page), theme).toEqual([]);
  }
  await start.click();
  await expect(dialog).toBeHidden();
  const made = await chains.get({ chain: 'local' });
  expect(made).toMatchObject({
    ...{ chainId: 4242, codeSizeLimit: 131_072 },
    creation: { hardfork: 'cancun', chainId: 4242, accounts: 3, balance: 7, ownMnemonic: true },
  });
  const accounts = await chains.accounts({ chain: 'local' });
  expect(accounts.map(({ address }) => address)[0]).toBe(mnemonicToAccount(mnemonic).address);

  // Revealed only when that is asked for.
  const about = main.getByRole('region', { name: 'About this chain' });
  await expect(about).toContainText('3, with 7 ETH each at first');
  await expect(about).not.toContainText('sausage');
  await about.getByRole('button', { name: 'Reveal the mnemonic' }).click();
  await expect(about.getByText(mnemonic)).toBeVisible();
  await about.getByRole('button', { name: 'Hide the mnemonic' }).click();
  await expect(about).not.toContainText('sausage');

  // What needs no other chain restarts this one; what does asks first. By keyboard alone.
  const call = rpc(await drydock.rpcUrl());
  await call('anvil_mine', ['0x5']);
  await app.command('Settings of local');
  await dialog.getByLabel('Code size limit').fill('');
  await dialog.getByLabel('Code size limit').press('Enter');
  await expect(dialog).toBeHidden();
  const isSo = { status: 'running', codeSizeLimit: null, blockNumber: 5 } as const;
  await expect.poll(() => chains.get({ chain: 'local' })).toMatchObject(isSo);
  await app.command('Settings of local');
  await expect(words).toHaveValue('');
  await dialog.getByLabel('Accounts').fill('4');
  await dialog.getByLabel('Accounts').press('Enter');
  const question = page.getByRole('dialog', { name: 'Create local anew' });
  await expect(question).toContainText('the 5 blocks made here');
  await expect(question).toContainText('It has no snapshot to go back to yet.');
  expect(await dialogFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(dialog.getByLabel('Accounts')).toHaveValue('4');
  expect(await chains.get({ chain: 'local' })).toMatchObject({ blockNumber: 5 });
  await dialog.getByLabel('Accounts').press('Enter');
  await question.getByRole('button', { name: 'Create anew' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('local was created anew')).toBeVisible();
  expect(await chains.get({ chain: 'local' })).toMatchObject({
    ...{ blockNumber: 0, chainId: 4242 },
    creation: { accounts: 4, ownMnemonic: true },
  });
  // What was is one snapshot away.
  const [kept] = await chains.snapshots({ chain: 'local' });
  await chains.revert({ chain: 'local', snapshot: kept?.id });
  expect(await chains.get({ chain: 'local' })).toMatchObject({
    ...{ blockNumber: 5, creation: { accounts: 3 } },
  });

  await chains.stop({ chain: 'local' });
  await app.command('Settings of local');
  await dialog.getByLabel('Accounts').fill('5');
  await dialog.getByLabel('Accounts').press('Enter');
  await expect(question).toContainText('It does not run');
  await question.getByRole('button', { name: 'Create anew' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await chains.get({ chain: 'local' })).toMatchObject({
    ...{ status: 'running', blockNumber: 0, creation: { accounts: 5 } },
  });
});

test('a mnemonic is generated, and the public one is an answer, too', async ({ app, drydock }) => {
  const { dialog } = app;
  const { chains } = drydock.client;
  await app.command('Settings of local');
  await app.choose('Keys from', /^a mnemonic of your own/);
  await dialog.getByRole('button', { name: 'Generate' }).click();
  const words = dialog.getByLabel('Mnemonic', { exact: true });
  await expect(words).toHaveValue(/^([a-z]+ ){11}[a-z]+$/);
  const generated = await words.inputValue();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await chains.mnemonic({ chain: 'local' })).toEqual({ mnemonic: generated, own: true });

  await app.command('Settings of local');
  await app.choose('Keys from', /^anvil’s mnemonic/);
  await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
  await dialog.getByRole('button', { name: 'Create anew' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await chains.mnemonic({ chain: 'local' })).toMatchObject({ own: false });
});

test('a fork begins where it is told, says how far it is behind, and is forked anew', async ({
  app,
  drydock,
}) => {
  const { main, page, dialog } = app;
  const { chains } = drydock.client;
  await chains.start({ chain: 'local' });
  const origin = rpc(await drydock.rpcUrl());
  await origin('anvil_mine', ['0x1e']);

  await app.go('/networks');
  await main.getByRole('button', { name: 'Add network' }).click();
  await dialog.getByLabel('Name').fill('copy');
  await dialog.getByLabel('Fork from RPC URL').fill(await drydock.rpcUrl());
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('heading', { name: 'Settings of copy' })).toBeVisible();
  await expect(dialog).toContainText('Its newest block is 30');
  await app.choose('Begins at', /^blocks back/);
  await dialog.getByLabel('Blocks behind the newest').fill('0');
  await expect(dialog.getByText('How many blocks, from 1 on.')).toBeVisible();
  await dialog.getByLabel('Blocks behind the newest').fill('10');
  await expect(dialog).toContainText('Block 20.');
  expect(await dialogFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await chains.get({ chain: 'copy' })).toMatchObject({ forkBlock: 20, blockNumber: 20 });

  await app.go('/chains/copy');
  const fork = main.getByRole('region', { name: 'Fork', exact: true });
  await expect(fork).toContainText('10 blocks');
  const call = rpc(await drydock.rpcUrl('copy'));
  await call('anvil_mine', ['0x3']);
  await chains.snapshot({ chain: 'copy', name: 'three more' });

  await fork.getByRole('button', { name: 'Re-fork at the newest block…' }).click();
  const question = page.getByRole('dialog', { name: 'Re-fork copy' });
  await expect(question).toContainText('It begins at block 30 of what it forks, no longer at 20.');
  await expect(question).toContainText('the 3 blocks made here');
  await expect(question).toContainText('Its 1 snapshot stays.');
  expect(await dialogFaults(page)).toEqual([]);
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await chains.get({ chain: 'copy' })).toMatchObject({ forkBlock: 20, blockNumber: 23 });

  await app.command('Re-fork copy at the newest block');
  await question.getByRole('switch', { name: 'Take a snapshot first' }).click();
  await question.getByRole('button', { name: 'Re-fork', exact: true }).click();
  await expect(page.getByText('copy begins at block 30')).toBeVisible();
  await expect(fork).toContainText('at the newest block');
  expect(await chains.get({ chain: 'copy' })).toMatchObject({ forkBlock: 30, blockNumber: 30 });
  expect(await chains.snapshots({ chain: 'copy' })).toHaveLength(1);
  await chains.revert({ chain: 'copy', snapshot: 'three more' });
  await expect(fork).toContainText('10 blocks');

  // Elsewhere by its settings is the same question.
  await main.getByRole('button', { name: 'Settings…' }).click();
  await app.choose('Begins at', /^a block/);
  await dialog.getByLabel('Block', { exact: true }).fill('25');
  await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
  await question.getByRole('button', { name: 'Re-fork', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  expect(await chains.get({ chain: 'copy' })).toMatchObject({ forkBlock: 25 });

  // What it forks is gone: said where the newest block would stand.
  await chains.stop({ chain: 'local' });
  await page.reload();
  await expect(fork.getByRole('alert')).toContainText('does not answer');
  await chains.start({ chain: 'local' });
  await fork.getByRole('button', { name: 'Try again' }).click();
  await expect(fork).toContainText('5 blocks');

  // A fork that does not run asks nothing by itself.
  await chains.stop({ chain: 'copy' });
  await page.reload();
  await fork.getByRole('button', { name: 'Ask its node' }).click();
  await expect(fork).toContainText('5 blocks');
});
