import { createPublicClient, formatEther, http } from 'viem';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

test('networks: add one, test it, edit it, remove it', async ({ app, drydock }) => {
  await drydock.client.chains.start({ chain: 'local' });
  const { main, dialog } = app;
  await app.go('/networks');
  await main.getByRole('button', { name: 'Add network' }).click();
  await app.choose('Kind', /^remote/);
  await dialog.getByLabel('Name').fill('next door');
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/Letters, digits/);
  await dialog.getByLabel('Name').fill('next-door');
  await dialog.getByLabel('RPC URL').fill('next.door');
  await expect(dialog.getByLabel('RPC URL')).toHaveAccessibleDescription(/http/);
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByLabel('RPC URL').fill(await drydock.rpcUrl());
  await dialog.getByLabel('Chain id').fill('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const row = main
    .getByRole('row')
    .filter({ has: app.page.getByRole('button', { name: 'Test next-door' }) });
  await row.getByRole('button', { name: 'Test next-door' }).click();
  await expect(row).toContainText('not usable');
  await expect(main.getByRole('alert')).toContainText('31337');

  await row.getByRole('button', { name: 'More for next-door' }).click();
  await app.page.getByRole('menuitem', { name: 'Edit…' }).click();
  await expect(dialog.getByLabel('Name')).toHaveValue('next-door');
  await dialog.getByLabel('Chain id').fill('31337');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await row.getByRole('button', { name: 'Test next-door' }).click();
  await expect(row).toContainText(/block 0 · \d+ ms/);
  await expect(app.sidebar.getByRole('link', { name: /next-door/ })).toBeVisible();

  await row.getByRole('button', { name: 'More for next-door' }).click();
  await app.page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(row).toBeHidden();
  expect((await drydock.client.networks.list()).map(({ name }) => name)).not.toContain('next-door');
});

test('a chain: start, mine, a day further, fund, snapshot, stop, from nothing', async ({
  app,
  drydock,
}) => {
  const { main, dialog, page } = app;
  await app.go('/chains/local');
  await main.getByRole('button', { name: 'Start local', exact: true }).first().click();
  await expect(main.getByRole('button', { name: 'Stop local' })).toBeVisible();
  const chain = createPublicClient({ transport: http(await drydock.rpcUrl()), cacheTime: 0 });

  await main.getByRole('button', { name: 'Mine', exact: true }).click();
  await expect.poll(() => chain.getBlockNumber()).toBe(1n);
  const before = (await chain.getBlock()).timestamp;
  await main.getByRole('button', { name: '+1 day' }).click();
  await expect
    .poll(async () => (await chain.getBlock()).timestamp - before)
    .toBeGreaterThanOrEqual(86_400n);
  await expect(main.getByText('+1 d', { exact: false }).last()).toBeVisible();

  const address = '0x00000000000000000000000000000000000beef1';
  await main.getByRole('button', { name: 'Fund', exact: true }).click();
  await dialog.getByLabel('Address').fill('0xbeef');
  await expect(dialog.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Address').fill(address);
  await dialog.getByLabel('Amount').fill('1.5');
  await dialog.getByRole('button', { name: 'Fund' }).click();
  await expect(dialog).toBeHidden();
  expect(formatEther(await chain.getBalance({ address }))).toBe('1.5');

  await main.getByRole('button', { name: /^Snapshot/ }).click();
  const timeline = main.getByRole('list', { name: 'Snapshot timeline' });
  await expect(timeline.getByRole('listitem')).toHaveCount(1);
  await main.getByRole('button', { name: 'Stop local' }).click();
  await expect(main.getByText('Stopped; goes on where it was saved.')).toBeVisible();

  await main.getByRole('button', { name: 'Start local', exact: true }).first().click();
  await expect(main.getByRole('button', { name: 'Stop local' })).toBeVisible();
  expect(formatEther(await chain.getBalance({ address }))).toBe('1.5');

  await main.getByRole('button', { name: 'More for local' }).click();
  const fromNothing = page.getByRole('menuitem', { name: 'Restart from nothing' });
  await fromNothing.click();
  const question = page.getByRole('dialog', { name: 'Create local anew' });
  await expect(question).toContainText(/What it has is gone: .*balances, contracts/);
  await expect(question).toContainText('Its 1 snapshot stays.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  expect(formatEther(await chain.getBalance({ address }))).toBe('1.5');

  await main.getByRole('button', { name: 'More for local' }).click();
  await fromNothing.click();
  await question.getByRole('switch', { name: 'Take a snapshot first' }).click();
  await question.getByRole('button', { name: 'Create anew' }).click();
  await expect(page.getByText('local was created anew')).toBeVisible();
  expect(await chain.getBlockNumber()).toBe(0n);
  expect(await chain.getBalance({ address })).toBe(0n);
  // A snapshot is kept all the same, and leads back.
  await timeline
    .getByRole('listitem')
    .first()
    .getByRole('button', { name: /Revert here/ })
    .click();
  await expect
    .poll(() => chain.getBalance({ address }).catch(() => 0n))
    .toBe(1_500_000_000_000_000_000n);
});

test('among many snapshots the current one is in view; a notice covers no log', async ({
  app,
  drydock,
  project,
}) => {
  await app.page.setViewportSize({ width: 1280, height: 800 });
  const { folder } = await project('token-vault');
  await app.addProject(folder);
  const { chains } = drydock.client;
  await chains.start({ chain: 'local' });
  const taken = [];
  for (let n = 1; n <= 14; n++) {
    taken.push(await chains.snapshot({ chain: 'local', name: `point ${n}` }));
  }
  const timeline = app.chain.getByRole('list', { name: 'Snapshot timeline' });
  const point = (n: number) =>
    timeline.getByRole('listitem', { name: `Snapshot point ${n}`, exact: true });
  await expect(point(14)).toHaveAttribute('aria-current', 'true');
  await expect(point(14)).toBeInViewport({ ratio: 1 });
  await expect(app.chain.getByRole('heading', { name: 'Accounts' })).toBeInViewport();
  await chains.revert({ chain: 'local', snapshot: taken[0]?.id });
  await expect(point(1)).toHaveAttribute('aria-current', 'true');
  await expect(point(1)).toBeInViewport({ ratio: 1 });

  await app.page.keyboard.press('s');
  const notice = app.page.getByRole('listitem').filter({ hasText: /at block 0/ });
  await expect(notice).toBeVisible();
  const terminal = app.page.getByRole('region', { name: 'Terminal' });
  const below = async () => {
    const [one, other] = [await notice.boundingBox(), await terminal.boundingBox()];
    return one && other ? other.y - (one.y + one.height) : -1;
  };
  await expect.poll(below).toBeGreaterThanOrEqual(0);
});

test('history and the page of one deployment', async ({ app, drydock, project }) => {
  const { folder } = await project('broken', { git: true });
  const { main } = app;
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['3']);
  await drydock.deploy('gates', 'script/Reverts.s.sol');

  await app.go('/history');
  await expect(app.historyRow(1)).toContainText('Succeeded');
  await expect(app.historyRow(2)).toContainText('Failed');
  await app.choose('Filter by result', 'Failed');
  await expect(app.historyRow(1)).toBeHidden();
  await expect(app.historyRow(2)).toBeVisible();
  await app.choose('Filter by network', 'mainnet');
  await expect(main.getByText('No deployment fits this filter')).toBeVisible();
  await app.choose('Filter by network', 'local');
  await app.choose('Filter by result', 'Reverted');
  await expect(app.main.getByText('No deployment fits')).toBeVisible();
  await app.choose('Filter by result', 'Succeeded');
  await expect(app.historyRow(1)).toBeVisible();
  await expect(app.historyRow(2)).toBeHidden();
  // The filter is in the address.
  await app.page.reload();
  await expect(app.historyRow(1)).toBeVisible();
  await expect(app.historyRow(2)).toBeHidden();
  await app.historyLink(1).click();

  await expect(main.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  const run = await drydock.client.deployments.get({ id: 1 });
  expect(await app.addresses()).toEqual(made(run).contracts.map(({ address }) => address));
  await expect(main.getByRole('region', { name: 'Command' })).toContainText('forge script');
  await expect(main.getByRole('region', { name: 'Command' })).toContainText('--slow');
  const facts = main.getByRole('region', { name: 'About this run' });
  await expect(facts).toContainText('run(uint256)');
  await expect(facts).toContainText(run.commit?.slice(0, 7) ?? 'no commit');
  await expect(facts).toContainText('31337');
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);

  // The clipboard gets the whole value of what is shown short.
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.table
    .getByRole('button', { name: /Copy address/ })
    .first()
    .click();
  await expect
    .poll(() => app.page.evaluate(() => navigator.clipboard.readText()))
    .toBe(made(run).contracts[0]?.address);

  await app.go('/deployments/999');
  await expect(main.getByRole('alert')).toContainText('999');
});

test('settings are kept, in the core and in every tab', async ({ app, drydock, tab }) => {
  const { main, page } = app;
  const other = await tab('/settings');
  await app.go('/settings');
  await app.choose('Theme', 'light');
  for (const one of [app, other]) {
    await expect(one.page.locator('html')).toHaveAttribute('data-theme', 'light');
  }
  await main.getByRole('switch', { name: 'Snapshot before deploy' }).click();
  await expect(
    other.main.getByRole('switch', { name: 'Snapshot before deploy' }),
  ).not.toBeChecked();
  const key = main.getByLabel('Etherscan key', { exact: true });
  await key.fill('short');
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await key.fill('KEY0123456789');
  await main.getByRole('button', { name: 'Save: Etherscan key' }).click();
  await expect(key).toHaveValue('');
  expect(await drydock.client.abiSources.etherscanKey()).toEqual({ state: 'set' });
  await other.main.getByRole('button', { name: 'Remove: Etherscan key' }).click();
  await expect(main.getByRole('button', { name: 'Remove: Etherscan key' })).toBeHidden();
  expect(await drydock.client.abiSources.etherscanKey()).toEqual({ state: 'none' });
  await main.getByRole('textbox', { name: 'Folder with forge' }).fill('/nowhere/at/all');
  await main.getByRole('button', { name: /^Save: Folder with forge/ }).click();
  await expect(page.getByText(/nowhere|saved/).first()).toBeVisible();
  await page.reload();
  await expect(main.getByRole('switch', { name: 'Snapshot before deploy' })).not.toBeChecked();
  expect(await drydock.client.settings.get()).toMatchObject({
    theme: 'light',
    snapshotBeforeDeploy: false,
  });
});

test('the doctor looks at this machine', async ({ app, drydock }) => {
  await app.sidebar.getByRole('link', { name: /Doctor/ }).click();
  const checks = app.main.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  const { checks: known } = await drydock.client.doctor.run();
  await expect(checks).toHaveCount(known.length);
  await expect(checks.filter({ hasText: /forge/i }).first()).toBeVisible();
  // What isn't there and isn't needed is not ticked as if it were.
  for (const { id, status } of known) {
    const word = status === 'absent' ? 'not found, not needed' : status;
    const item = app.main.locator(`[data-check="${id}"]`);
    await expect(item.getByRole('img', { name: word, exact: true })).toBeVisible();
  }
  await app.main.getByRole('button', { name: 'Check again' }).click();
  await expect(checks).toHaveCount(known.length);
});

test('a project is removed from Drydock, never from the disk', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await app.addProject(folder, 'gates');
  await app.tab(/^Settings/);
  await app.main.getByRole('button', { name: 'Remove project' }).click();
  await app.dialog.getByRole('button', { name: 'Keep it' }).click();
  await app.main.getByRole('button', { name: 'Remove project' }).click();
  await app.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(app.main.getByRole('list', { name: 'First steps' })).toBeVisible();
  expect(await drydock.client.projects.list()).toEqual([]);
  await app.addProject(folder, 'gates');
});

test('an address that leads nowhere says so', async ({ app }) => {
  await app.go('/harbour');
  await expect(app.main.getByText('There is no such page')).toBeVisible();
  await app.go('/projects/77');
  await expect(app.main.getByText('This project isn’t in Drydock any more')).toBeVisible();
  await app.go('/chains/nothing');
  await expect(app.main.getByRole('alert')).toContainText('nothing');
});
