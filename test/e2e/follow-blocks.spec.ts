import type { Page } from '@playwright/test';
import { rpc } from '#main/eth/rpc.ts';
import { expect, test } from './drydock.ts';

/** The calls of the explorer's procedures that the window sends from here on. */
function explorerCalls(page: Page): string[] {
  const calls: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const text = payload.toString();
      if (/explorer[/.]\w/.test(text)) calls.push(text);
    }),
  );
  return calls;
}

test('a block has the heads of lists read again and nothing else, a revert everything', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  const call = rpc(await drydock.rpcUrl());
  const [from, to] = await call<string[]>('eth_accounts');
  const send = () => call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]);
  for (let i = 0; i < 250; i++) await send();
  const { explorer } = drydock.client;
  await expect
    .poll(async () => (await explorer.transactions({ network: 'local' })).total)
    .toBe(250);
  const snapshot = await call<string>('evm_snapshot');

  const calls = explorerCalls(page);
  await app.go('/networks/local/transactions');
  await page.reload();
  const rows = main.getByRole('table', { name: 'Transactions' }).getByRole('row');
  await expect(main.getByText('250 transactions')).toBeVisible();
  await expect(rows.nth(1)).toContainText('transfer');
  expect(calls.length).toBeGreaterThan(0);

  calls.length = 0;
  await expect(rows.nth(1)).toHaveAttribute('data-hash', await send());
  await expect(main.getByText('251 transactions')).toBeVisible();
  // The count, and the part that is not full; neither of them more often than it takes to know it.
  const [parts, counts] = [/"below":300/, /"limit":50/];
  expect(calls.filter((one) => !parts.test(one) && !counts.test(one))).toEqual([]);
  expect(calls.filter((one) => parts.test(one)).length).toBeGreaterThan(0);
  expect(calls.length).toBeLessThan(8);

  // The block of a transaction that is shown stays what it is.
  await app.go('/networks/local/blocks/100');
  await expect(main.getByRole('heading', { name: 'Block 100' })).toBeVisible();
  await expect(rows).toHaveCount(2);
  calls.length = 0;
  const newest = Number(await call<string>('eth_blockNumber')) + 1;
  await send();
  await expect(page.getByText(`#${newest}`).first()).toBeVisible();
  expect(calls).toEqual([]);

  // Taken back by whoever calls the chain: what was read is read again.
  await call('evm_revert', [snapshot]);
  await expect.poll(() => calls.length).toBeGreaterThan(0);
});
