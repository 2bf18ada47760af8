import { rpc } from '#main/eth/rpc.ts';
import { fillIndex } from '#test/harness/long-index.ts';
import { expect, test } from './drydock.ts';

const blocks = 1000;
const total = 100_000;

/** More rows than a screen shows, far fewer than there are. */
const mostDrawn = 150;

test('a chain of 100,000 transactions is scrolled from end to end', async ({ app, drydock }) => {
  const { main, page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  await drydock.client.chains.mine({ chain: 'local', blocks });
  const call = rpc(await drydock.rpcUrl());
  const { explorer } = drydock.client;
  await expect.poll(async () => (await explorer.transactions({ network: 'local' })).total).toBe(0);
  expect(await fillIndex(drydock.home, 'local', call, total / blocks)).toBe(total);

  await app.go('/networks/local/transactions');
  await expect(main.getByText('100,000 transactions')).toBeVisible();
  const table = main.getByRole('table', { name: 'Transactions' });
  const rowOf = (index: number) => table.locator(`tr[aria-rowindex="${index + 2}"]`);
  await expect(rowOf(0)).toContainText('1,000');
  const scroll = (to: 'end' | 'start') =>
    table.evaluate((element, block) => element.scrollIntoView({ block }), to);
  await scroll('end');
  await expect(rowOf(total - 1)).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(mostDrawn);

  // What comes meanwhile moves nothing, and stands at the top when it is asked for.
  const [from, to] = await call<string[]>('eth_accounts');
  await call('eth_sendTransaction', [{ from, to, value: '0x1' }]);
  await main.getByRole('button', { name: '1 newer transaction' }).click();
  await expect(rowOf(0)).toContainText('1,001');

  await main.getByRole('button', { name: 'Blocks' }).click();
  const list = main.getByRole('table', { name: 'Blocks' });
  await expect(list.locator('tr[aria-rowindex="2"]')).toContainText('1,001');
  await list.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await expect(list.locator(`tr[aria-rowindex="${blocks + 3}"]`)).toBeVisible();
  expect(await list.getByRole('row').count()).toBeLessThan(mostDrawn);

  await page.goto(page.url().replace(/\/blocks$/, `/addresses/${from}`));
  const own = main.getByRole('table', { name: 'Transactions' });
  await expect(own.locator('tr[aria-rowindex="2"]')).toContainText('sent');
});
