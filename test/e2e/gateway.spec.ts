import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './drydock.ts';

const origin = 'https://app.example';

/** Calls a chain as a page of another site does. */
const call = (url: string, from: string | null, method = 'eth_chainId', params: unknown[] = []) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(from === null ? {} : { origin: from }) },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  }).then(({ status }) => status);

const faults = async (page: Page, within: string) =>
  (await new AxeBuilder({ page }).include(within).analyze()).violations;

test('a page of another site is refused until it is allowed in the window', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  await app.go('/chains/local');
  const gateway = main.getByRole('region', { name: 'Gateway' });
  await expect(gateway.getByRole('status').first()).toContainText('On');
  await expect(gateway).toContainText('No page of another site has called local yet.');

  expect(await call(url, origin)).toBe(403);
  const row = gateway.getByRole('row').filter({ hasText: origin });
  await expect(row).toContainText('refused');
  expect(await faults(page, 'main')).toEqual([]);
  await row.getByRole('button', { name: `Allow ${origin}` }).click();
  await expect(row).toContainText('allowed');
  expect(await call(url, origin)).toBe(200);
  await row.getByRole('button', { name: `Deny ${origin}` }).click();
  await expect(row).toContainText('denied');
  expect(await call(url, origin)).toBe(403);
  await row.getByRole('button', { name: `Forget ${origin}` }).click();
  await expect(row).toContainText('refused');

  const other = gateway.getByLabel('Page to allow');
  const allow = gateway.getByRole('button', { name: 'Allow', exact: true });
  await other.fill('other');
  await expect(gateway).toContainText('give the origin of a page');
  await expect(allow).toBeDisabled();
  await other.fill('http://localhost:3000');
  await allow.click();
  await expect(gateway).toContainText('is a page of this machine');
  await other.fill('https://other.example/swap?a=b');
  await allow.click();
  const added = gateway.getByRole('row').filter({ hasText: 'https://other.example' });
  await expect(added).toContainText('allowed');
  await expect(other).toHaveValue('');
  expect(await call(url, 'https://other.example')).toBe(200);
});

test('the notice of a refused page has the button that allows it', async ({ app, drydock }) => {
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  expect(await call(url, origin)).toBe(403);
  await app.page.getByRole('button', { name: /^Activity/ }).click();
  const notice = app.page.getByRole('listitem').filter({ hasText: `${origin} wants to call` });
  await notice.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(notice).toContainText('Allow: done');
  expect(await call(url, origin)).toBe(200);
});

test('a chain is taken from behind the gateway, and put back, by starting it again', async ({
  app,
  drydock,
}) => {
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  await app.go('/chains/local');
  const gateway = app.main.getByRole('region', { name: 'Gateway' });
  const behind = gateway.getByRole('switch', { name: 'Behind the gateway' });
  const state = gateway.getByRole('status').first();
  await behind.click();
  await gateway.getByRole('button', { name: 'Cancel' }).click();
  await expect(behind).toBeChecked();
  await behind.click();
  await gateway.getByRole('button', { name: 'Restart without the gateway' }).click();
  await expect(state).toHaveText('Off');
  await expect(gateway).toContainText('Any web page can call this chain.');
  expect(await call(url, origin)).toBe(200);
  await behind.click();
  await gateway.getByRole('button', { name: 'Restart behind the gateway' }).click();
  await expect(state).toContainText(/^On/);
  expect(await call(url, origin)).toBe(403);
});

test('a wallet is connected: values are copied, and the wallet of the browser is asked', async ({
  app,
  context,
  drydock,
  page,
}) => {
  const { dialog } = app;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  await app.go('/chains/local');
  await page.keyboard.press('Control+k');
  await dialog.getByPlaceholder('Search projects').fill('metamask');
  await dialog.getByRole('option', { name: 'Connect a wallet to local' }).click();
  await expect(dialog.getByRole('button', { name: 'Add network' })).toBeHidden();
  await expect(dialog).toContainText('This browser has no wallet for this page.');
  await expect(dialog).toContainText('Behind the gateway a wallet goes on by itself');
  await dialog.getByRole('button', { name: `Copy RPC URL ${url}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  expect(await faults(page, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    const asked: unknown[] = [];
    const request = async (call: unknown) => {
      asked.push(call);
      if (asked.length === 1) throw { code: 4001, message: 'User rejected the request.' };
      return null;
    };
    Object.assign(window, { asked, ethereum: { request } });
  });
  await app.main.getByRole('button', { name: 'Connect a wallet…' }).click();
  await dialog.getByRole('button', { name: 'Add network' }).click();
  await expect(dialog).toContainText('It was declined in the wallet.');
  await dialog.getByRole('button', { name: 'Add network' }).click();
  await expect(page.getByText('The wallet knows local now')).toBeVisible();
  const asked = await page.evaluate(() => (window as { asked?: unknown }).asked);
  const { chainId } = await drydock.client.chains.get({ chain: 'local' });
  expect((asked as unknown[])[1]).toMatchObject({
    method: 'wallet_addEthereumChain',
    params: [{ chainId: `0x${chainId.toString(16)}`, rpcUrls: [url] }],
  });
});

/** Two wallets, of which each notes what it is asked, and a third that is none. */
function announceWallets(): void {
  const asked: unknown[][] = [];
  const announce = (uuid: string, name: string, provider: unknown) =>
    window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', {
        detail: Object.freeze({ info: { uuid, name, icon: 'data:,', rdns: name }, provider }),
      }),
    );
  const request = async (name: string, call: unknown) => {
    asked.push([name, call]);
    if (name === 'Otter') throw { code: 4001, message: 'User rejected the request.' };
    return null;
  };
  const fox = { request: (call: unknown) => request('Fox', call) };
  const otter = { request: (call: unknown) => request('Otter', call) };
  Object.assign(window, { asked, ethereum: otter, late: () => announce('2', 'Otter', otter) });
  window.addEventListener('eip6963:requestProvider', () => {
    announce('1', 'Fox', fox);
    announce('1', 'Fox', fox);
    announce('3', 'Nothing', {});
  });
}

test('of several wallets that announce themselves the chosen one is asked', async ({
  app,
  drydock,
  page,
}) => {
  const { dialog } = app;
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  await page.addInitScript(announceWallets);
  await app.go('/chains/local');
  await page.reload();
  await app.main.getByRole('button', { name: 'Connect a wallet…' }).click();
  const buttons = dialog.getByRole('list', { name: 'Wallets of this browser' }).getByRole('button');
  await expect(buttons).toHaveText(['Add network to Fox']);
  // An extension that is slow to start announces itself later.
  await page.evaluate(() => (window as unknown as { late(): void }).late());
  await expect(buttons).toHaveText(['Add network to Fox', 'Add network to Otter']);
  await buttons.last().click();
  await expect(dialog).toContainText('It was declined in the wallet.');
  await buttons.first().click();
  await expect(page.getByText('Fox knows local now')).toBeVisible();
  const asked = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
  expect(asked).toMatchObject([
    ['Otter', { method: 'wallet_addEthereumChain' }],
    ['Fox', { method: 'wallet_addEthereumChain', params: [{ rpcUrls: [url] }] }],
  ]);
  expect(await faults(page, '[role="dialog"]')).toEqual([]);
});

test('the settings offer the restart that a chain takes to leave the gateway', async ({
  app,
  drydock,
}) => {
  await drydock.client.chains.start({ chain: 'local' });
  await app.go('/settings');
  await app.main.getByRole('switch', { name: 'Gateway', exact: true }).click();
  const restart = app.main.getByRole('button', { name: 'Restart local without the gateway' });
  await restart.click();
  await expect(restart).toBeHidden();
  const { behindGateway } = await drydock.client.chains.get({ chain: 'local' });
  expect(behindGateway).toBe(false);
});

test('calls are noted as they come, found by text, method and error, and shown whole', async ({
  app,
  drydock,
  page,
}) => {
  const { main, dialog } = app;
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  await app.go('/chains/local');
  await app.command('Calls of local');
  await main.getByRole('button', { name: 'Note calls of local' }).click();
  await expect(main).toContainText('Nothing has called local since calls are noted.');

  const account = `0x${'ab'.repeat(20)}`;
  await drydock.client.gateway.decide({ chain: 'local', origin, decision: 'allow' });
  await call(url, null, 'eth_getBalance', [account, 'latest']);
  await call(url, origin, 'eth_getBlockByNumber', ['no number', false]);
  const table = main.getByRole('table', { name: 'Calls', exact: true });
  const rows = table.getByRole('row').filter({ has: page.getByRole('button') });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(origin);
  await expect(rows.last()).toContainText('a program');
  const failed = main.getByRole('table', { name: 'Methods that failed for pages' });
  await expect(failed).toContainText('eth_getBlockByNumber');
  expect(await faults(page, 'main')).toEqual([]);

  const search = main.getByRole('searchbox', { name: 'Search calls' });
  await search.fill('ABABAB');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('eth_getBalance');
  await search.fill('');
  await app.choose('Filter by method', 'eth_getBlockByNumber');
  await expect(rows).toHaveCount(1);
  await app.choose('Filter by method', 'all');
  await app.choose('Calls shown', 'those that failed');
  await expect(rows).toHaveCount(1);
  await rows.getByRole('button', { name: 'eth_getBlockByNumber' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog).toContainText('no number');
  expect(await faults(page, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Escape');

  await app.choose('Calls shown', 'the newest');
  await main.getByRole('button', { name: 'Pause' }).click();
  await main.getByRole('switch', { name: 'Note calls' }).click();
  await expect
    .poll(async () => (await drydock.client.gateway.journal({ chain: 'local' })).on)
    .toBe(false);
});
