import { rpc } from '#main/eth/rpc.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { yardProject } from '#test/harness/yard.ts';
import { expect, test } from './drydock.ts';

test('a contract is read, tried, written to, followed and looked into', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  await using fixture = await yardProject();
  await drydock.client.projects.add({ path: fixture.folder, name: 'yard' });
  const { id } = await drydock.client.deployments.start({ project: 'yard', target: 'local' });
  const ended = async () => (await drydock.client.deployments.get({ id })).status;
  await expect.poll(ended, { timeout: 90_000 }).toBe('succeeded');
  const { contracts } = await drydock.client.contracts.live({ target: 'local' });
  const yard = contracts.find(({ name }) => name === 'Yard')?.address ?? '';
  const accounts = await drydock.client.chains.accounts({ chain: 'local' });

  // From the list, filtered, to its page.
  await app.go('/contracts');
  const list = main.getByRole('list', { name: 'Contracts', exact: true });
  await expect(list.getByRole('link', { name: 'Twin', exact: true })).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('yardpr');
  await expect(list.getByRole('link', { name: 'Yard', exact: true })).toHaveCount(0);
  await list.getByRole('link', { name: 'YardProxy', exact: true }).click();
  await expect(main.getByRole('heading', { name: 'Yard', exact: true })).toBeVisible();
  await expect(main.getByText('EIP-1967 proxy')).toBeVisible();
  await main.locator('header').getByRole('link', { name: 'Yard', exact: true }).click();
  expect(new URL(page.url()).pathname).toBe(`/contracts/local/${yard}`);

  // What it says, also when that is an error, and with arguments.
  const read = main.getByRole('region', { name: 'Read' });
  const values = read.getByLabel('Values');
  await expect(values.locator('div').filter({ hasText: /^fee/ })).toContainText('30');
  await expect(
    values
      .locator('div')
      .filter({ hasText: /^owner/ })
      .first(),
  ).toContainText('account 0');
  await expect(values.locator('div').filter({ hasText: /^closed/ })).toContainText('Closed(5)');
  const get = read
    .getByRole('region', { name: 'get' })
    .filter({ has: page.getByTitle('get(uint256,bool)') });
  await get.getByRole('button', { name: /^get/ }).click();
  await get.getByLabel('id').fill('4');
  await get.getByRole('button', { name: 'Read get' }).click();
  await expect(get).toContainText(/next\s*6/);

  // Saved under a name, it is made again.
  await get.getByRole('button', { name: 'Save call…' }).click();
  await app.dialog.getByLabel('Name').fill('Four');
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  const saved = main.getByRole('region', { name: 'Saved calls' });
  await saved.getByRole('button', { name: 'Read Four' }).click();
  await expect(saved.getByRole('listitem', { name: 'Four' })).toContainText(/next\s*6/);

  // A revert is seen before anything is sent; the form keeps what was typed.
  const write = main.getByRole('region', { name: 'Write' });
  const choose = async (signature: string) => {
    await write.getByRole('combobox', { name: 'Function' }).click();
    await page.getByRole('option', { name: signature }).click();
  };
  await choose('setFee(uint96)'.replace('(', ' ('));
  await write.getByLabel('fee_').fill('55');
  const simulation = write.getByRole('region', { name: 'Simulation' });
  await expect(simulation).toContainText('Would succeed');
  const from = write.getByRole('combobox', { name: 'From' });
  await from.fill(accounts[3]?.address ?? '');
  await from.press('Tab');
  await expect(simulation.getByRole('alert', { name: 'Error' })).toContainText('NotOwner');
  await expect(write.getByRole('button', { name: 'Send all the same' })).toBeVisible();
  await expect(write.getByLabel('fee_')).toHaveValue('55');
  const call = rpc(await drydock.rpcUrl());
  const height = Number(await call('eth_blockNumber'));

  // Sent by its owner, picked by name: the value above follows, and the transaction opens.
  await from.click();
  const may = page.getByRole('group', { name: 'May call this' });
  await expect(may.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('group', { name: 'Would revert: NotOwner' })).toContainText(
    'account 3',
  );
  await may.getByRole('option', { name: /owner/ }).click();
  await expect(simulation).toContainText('Would succeed');
  await expect(simulation.getByRole('list', { name: 'Changes' })).toContainText(
    /fee\s*30\s*→\s*55/,
  );
  await write.getByRole('button', { name: /^Send/ }).click();
  const sent = write.getByRole('region', { name: 'Sent' });
  await expect(sent).toContainText('Succeeded');
  expect(Number(await call('eth_blockNumber'))).toBe(height + 1);
  await expect(values.locator('div').filter({ hasText: /^fee/ })).toContainText('55');

  // An event appears by itself, from an address whose key nobody has, with ether; and is filtered.
  const events = main.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('It has written no event');
  const stranger = '0x00000000000000000000000000000000000beef1';
  await call('anvil_setBalance', [stranger, '0xde0b6b3a7640000']);
  await choose('berth (uint256,string)');
  await write.getByLabel('number').fill('7');
  await write.getByLabel('note').fill('<b>"quay", 7</b>');
  await write.getByLabel('Value', { exact: true }).fill('0.5');
  await write.getByRole('combobox', { name: 'Unit' }).last().selectOption('ether');
  await from.fill(stranger);
  await from.press('Tab');
  await expect(write).toContainText('is impersonated');
  await expect(simulation).toContainText(/1 event/);
  await page.keyboard.press('Control+Enter');
  await sent.getByRole('link', { name: 'Open the transaction' }).click();
  await expect(main.getByRole('heading', { name: 'berth on Yard' })).toBeVisible();
  await page.goBack();
  await expect(write.getByLabel('note')).toHaveValue('<b>"quay", 7</b>');
  const rows = events.getByRole('list', { name: 'Events' }).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('<b>"quay", 7</b>');
  await events.getByRole('button', { name: 'Filter the events' }).click();
  await events.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: /^Berthed/ }).click();
  await events.getByLabel('berth').fill('8');
  await expect(rows).toHaveCount(0);
  await events.getByLabel('berth').fill('7');
  await expect(rows).toHaveCount(1);
  await events.getByRole('button', { name: 'Export the events' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('Yard-events-local.csv');

  // Storage by names, and a single slot.
  await main.getByRole('tab', { name: 'Storage' }).click();
  const variables = main.getByRole('table', { name: 'Variables' });
  await expect(variables.getByRole('row', { name: /^name string/ })).toContainText('Harbour yard');
  await expect(variables.getByRole('row', { name: /^marks\[1\]/ })).toContainText('2');
  // What a transaction has used as a key, and one that was typed.
  await variables.getByRole('button', { name: 'berths', exact: true }).click();
  await expect(variables.getByRole('row', { name: /^berths\[0x/ })).toContainText('7');
  await main.getByLabel('Variable', { exact: true }).fill('berths[1]');
  await main.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(variables.getByRole('row')).toHaveCount(2);
  await main.getByRole('button', { name: 'All variables' }).click();
  await main.getByLabel('Slot').fill('0');
  await main.getByRole('button', { name: 'Read the slot' }).click();
  await expect(main.getByRole('status').filter({ hasText: /^0x/ })).toBeVisible();

  // A window of the smallest size has its events in a tab.
  await page.setViewportSize({ width: 1024, height: 700 });
  await main.getByRole('tab', { name: 'Events' }).click();
  await expect(rows).toHaveCount(1);
  await page.setViewportSize({ width: 1440, height: 900 });

  // One of others is added by its address with an ABI, and forgotten.
  await app.go('/contracts');
  await main.getByRole('button', { name: 'Add contract' }).click();
  await app.dialog.getByLabel('Name').fill('Other');
  await app.dialog.getByLabel('Address').fill(contracts[3]?.address ?? '');
  const abi = [{ type: 'function', name: 'id', stateMutability: 'view', inputs: [], outputs: [] }];
  await app.dialog.getByLabel('ABI').fill(JSON.stringify({ abi }));
  await app.dialog.getByRole('button', { name: 'Add contract' }).click();
  await expect(app.dialog).toBeHidden();
  await main.getByRole('button', { name: 'Forget what was added of it' }).click();
  await expect(main.getByRole('heading', { name: 'Contracts' })).toBeVisible();
});

test('lists of hundreds of contracts draw those in view alone', async ({ app, drydock }) => {
  const { main, page } = app;
  await using fixture = await scriptProject(
    {
      Deploy:
        'vm.startBroadcast(); for (uint256 i = 0; i < 8; i++) new Many(); vm.stopBroadcast();',
    },
    `
contract Berth {}
contract Many { constructor() { for (uint256 i = 0; i < 90; i++) new Berth(); } }
`,
  );
  await drydock.client.projects.add({ path: fixture.folder, name: 'berths' });
  const { id } = await drydock.client.deployments.start({ project: 'berths', target: 'local' });
  const ended = async () => (await drydock.client.deployments.get({ id })).endedAt;
  await expect.poll(ended, { timeout: 120_000 }).not.toBeNull();
  const { total } = await drydock.client.contracts.live({ target: 'local' });
  expect(total).toBeGreaterThan(700);

  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  await app.go('/contracts');
  const list = main.getByRole('list', { name: 'Contracts', exact: true });
  await expect(list.getByRole('link', { name: 'Berth', exact: true }).first()).toBeVisible();
  expect(await nodes()).toBeLessThan(3000);
  await list.evaluate((one) => one.parentElement?.scrollTo({ top: 1e6 }));
  await expect(list.locator(`[aria-posinset="${total + 1}"]`)).toBeVisible();
  expect(await nodes()).toBeLessThan(3000);

  await app.go('/projects/1/contracts');
  const table = main.getByRole('table', { name: 'Live contracts' });
  await expect(table).toHaveAttribute('aria-rowcount', String(total + 1));
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  expect(await nodes()).toBeLessThan(4000);
});
