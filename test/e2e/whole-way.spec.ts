import { createPublicClient, http } from 'viem';
import { expect, test } from './drydock.ts';

test('add, deploy, look, snapshot, deploy, revert, go forward, reload', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault', { git: true, compiled: false });
  const { page } = app;

  await app.main.getByRole('button', { name: 'Add project' }).click();
  const field = app.dialog.getByLabel('Folder');
  await field.fill(folder.slice(0, -2));
  await app.page.getByRole('option', { name: folder }).click();
  await expect(field).toHaveValue(folder);
  await app.dialog.getByLabel('Name').fill('harbour');
  await app.dialog.getByRole('button', { name: 'Add project' }).click();
  await expect(app.main.getByRole('heading', { name: 'harbour' })).toBeVisible();
  await expect(app.main.getByRole('button', { name: /Copy commit/ })).toBeVisible();

  await app.choose('Network', /\blocal\b/);
  await app.deployButton.click();

  // The log grows while the run goes on: both are looked at in one moment.
  await page.waitForFunction(() => {
    const log = document.querySelector<HTMLElement>('[aria-label="Log"]');
    const going = document.querySelector('[data-phase][data-status="running"]');
    return going !== null && Number(log?.dataset.lines) > 0;
  });
  await expect(app.headline).toHaveText('Deployed 3 contracts', { timeout: 60_000 });
  await expect.poll(() => app.screen()).toMatch(/Deployed/);
  for (const phase of ['Source', 'Prepare', 'Compile', 'Simulate', 'Broadcast', 'Record']) {
    await expect(app.phase(phase)).toHaveAccessibleName(`${phase}: done`);
  }

  const chain = createPublicClient({ transport: http(await drydock.rpcUrl()) });
  const hasCode = async (address: string) =>
    (await chain.getCode({ address: address as `0x${string}` })) !== undefined;
  const deployed = async (addresses: string[]) =>
    [...new Set(await Promise.all(addresses.map(hasCode)))].join();

  await expect.poll(() => app.addresses().then(({ length }) => length)).toBe(3);
  const first = await app.addresses();
  expect(await deployed(first)).toBe('true');
  for (const name of ['FeeMath', 'Token', 'Vault']) {
    await expect(app.table.getByRole('cell', { name, exact: true })).toBeVisible();
  }

  await app.chain.getByRole('button', { name: 'Take a named snapshot' }).click();
  await app.chain.getByLabel('Snapshot name').fill('first ones');
  await page.keyboard.press('Enter');
  await expect(app.snapshot('first ones')).toHaveAttribute('aria-current', 'true');

  await app.deployButton.click();
  await expect(app.main.getByRole('link', { name: 'Deployment #2' })).toBeVisible();
  // The library has its address from its code alone, and stands there already.
  await expect(app.headline).toHaveText('Deployed 2 contracts', { timeout: 60_000 });
  const second = await app.addresses();
  expect(first).not.toEqual(expect.arrayContaining(second));
  expect(await deployed(second)).toBe('true');

  await app
    .snapshot('first ones')
    .getByRole('button', { name: /Revert here/ })
    .click();
  await expect(app.headline).toHaveText(/^Reverted · had deployed/);
  expect(await deployed(second)).toBe('false');
  expect(await deployed(first)).toBe('true');
  await app.tab(/^History/);
  const row = (number: number) => app.historyRow(number);
  await expect(row(2)).toContainText('Reverted');
  await expect(row(1)).toContainText('Succeeded');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(2)).toContainText('Succeeded');
  expect(await deployed([...first, ...second])).toBe('true');

  await app
    .snapshot('first ones')
    .getByRole('button', { name: /Revert here/ })
    .click();
  await expect(row(2)).toContainText('Reverted');
  expect(await deployed(second)).toBe('false');

  await page.reload();
  await expect(row(2)).toContainText('Reverted');
  await expect(app.snapshot('first ones')).toHaveAttribute('aria-current', 'true');
  await app.tab(/^Contracts/);
  await expect(page.getByRole('table', { name: 'Live contracts' }).getByRole('row')).toHaveCount(4);
  await app.tab(/^History/);
  await app.historyLink(1).click();
  await expect(page.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  expect((await app.addresses()).toSorted()).toEqual(first.toSorted());
  await expect.poll(() => app.lines()).toBeGreaterThan(5);
  await expect.poll(() => app.screen()).toMatch(/Deployed/);
});
