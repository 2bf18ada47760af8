import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './drydock.ts';

test('the bell counts what ended, lists it, and leads there', async ({ app, tab, project }) => {
  const { folder } = await project('token-vault');
  const { page } = app;
  await app.addProject(folder, 'vault');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 3 contracts', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Activity, 1 new' }).click();
  const list = page.getByRole('list', { name: 'Activity' });
  await expect(list.getByRole('listitem').first()).toContainText('vault #1 succeeded on local');
  await expect(list).toContainText('The project vault was added');
  await list.getByRole('link', { name: /vault #1 succeeded/ }).click();
  await expect(page).toHaveURL(/\/deployments\/1$/);
  await expect(page.getByRole('button', { name: 'Activity', exact: true })).toBeVisible();

  // What was seen in one tab is no news in another one.
  const other = await tab();
  await expect(other.page.getByRole('button', { name: 'Activity', exact: true })).toBeVisible();
});

test('the end of a run in a hidden tab is notified by the browser, unless switched off', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  const { page } = app;
  await page.addInitScript(() => {
    const notified: string[] = [];
    class Notification {
      static permission = 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string) {
        notified.push(title);
      }
      close() {}
    }
    Object.assign(window, { Notification, notified });
    Object.defineProperty(document, 'hidden', { get: () => true });
  });
  await page.reload();
  await app.addProject(folder, 'vault');
  const notified = () => page.evaluate(() => Reflect.get(window, 'notified'));
  await drydock.client.deployments.start({ project: 'vault', target: 'local' });
  await expect.poll(notified, { timeout: 60_000 }).toEqual(['vault #1 succeeded on local']);

  const quiet = page.getByRole('button', { name: 'Do not disturb' });
  await page.getByRole('button', { name: /^Activity/ }).click();
  await quiet.click();
  await page.getByRole('menuitem', { name: 'For an hour' }).click();
  await page.getByRole('button', { name: /^Quiet until/ }).click();
  await page.getByRole('menuitem', { name: 'Disturb again' }).click();
  await expect(quiet).toBeVisible();
  await page.keyboard.press('Escape');
  await drydock.client.settings.set({ quietUntil: Date.now() + 3_600_000 });
  await drydock.client.deployments.start({ project: 'vault', target: 'local' });
  await expect
    .poll(async () => (await drydock.client.deployments.list({ status: 'succeeded' })).total)
    .toBe(2);
  expect(await notified()).toHaveLength(1);
  await drydock.client.settings.set({ quietUntil: 0 });

  await drydock.client.settings.set({ notifyWhenDone: false });
  await app.go('/settings');
  await expect(page.getByRole('switch', { name: 'Notify when done' })).not.toBeChecked();
  await drydock.client.deployments.start({ project: 'vault', target: 'local' });
  await expect(page.getByRole('button', { name: /^Activity, [123] new$/ })).toBeVisible();
  await expect
    .poll(async () => (await drydock.client.deployments.list({ status: 'succeeded' })).total)
    .toBe(3);
  expect(await notified()).toHaveLength(1);
});

test('a webhook is added, tested, tried again and removed', async ({ app, drydock }) => {
  let works = false;
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = works ? 200 : 500;
    response.end(works ? 'welcome' : 'not now');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { page } = app;
  await app.go('/settings');
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await app.dialog.getByLabel('Name').fill('chat');
  await app.dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/?key=very-secret`);
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.dialog).toContainText(/whsec_/);
  await app.dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('table', { name: 'Webhooks' })).toContainText('chat');
  await expect(page.getByText('very-secret')).toHaveCount(0);

  await page.getByRole('button', { name: 'Test chat' }).click();
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').nth(1);
  await expect(row).toContainText('Failed');
  await row.getByRole('button', { name: 'Details' }).click();
  await expect(app.dialog).toContainText('It answered 500.');
  await expect(app.dialog).toContainText('not now');
  await page.keyboard.press('Escape');
  works = true;
  await row.getByRole('button', { name: /^Redeliver/ }).click();
  await expect(row).toContainText('Delivered');

  await page.getByRole('button', { name: 'More for chat' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  expect(await drydock.client.webhooks.list()).toEqual([]);
  server.close();
});

test('a gateway that was replaced counts as news, and leads to what is looked at', async ({
  app,
  drydock,
}) => {
  const { page } = app;
  const { rpcUrl } = await drydock.client.chains.start({ chain: 'local' });
  await expect(page.getByRole('button', { name: 'Activity', exact: true })).toBeVisible();
  const { pid } = await drydock.client.gateway.status();
  process.kill(pid as number, 'SIGSTOP');
  await page.getByRole('button', { name: 'Activity, 1 new' }).click({ timeout: 60_000 });
  const list = page.getByRole('list', { name: 'Activity' });
  await list.getByRole('link', { name: /^The gateway did not respond and was replaced/ }).click();
  await expect(page).toHaveURL(/\/doctor$/);
  await expect.poll(() => call(rpcUrl as string)).toBe(200);
});

const call = (url: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
  }).then(
    ({ status }) => status,
    () => 0,
  );
