import type { Page } from '@playwright/test';
import { expect, test } from './drydock.ts';

/** Keeps what the page asks of `procedure` from the host until it is released. */
async function heldRequests(page: Page, procedure: string): Promise<{ release(): void }> {
  let released = false;
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const send = () => server.send(message);
      if (released || !message.toString().includes(`/${procedure}"`)) send();
      else held.push(send);
    });
  });
  await page.reload();
  return {
    release() {
      released = true;
      for (const send of held) send();
    },
  };
}

test('a press on a button counts although what loads above it moves it away', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  const requests = await heldRequests(app.page, 'projects/detect');
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  await app.dialog.getByLabel('Folder').fill(folder);
  const add = app.dialog.getByRole('button', { name: 'Add project' });
  await expect(add).toBeEnabled();
  const before = await add.boundingBox();
  await add.hover();
  await app.page.mouse.down();
  requests.release();
  await expect.poll(() => add.boundingBox()).not.toEqual(before);
  await app.page.mouse.up();
  await expect(app.dialog).toBeHidden();
  expect(await drydock.client.projects.list()).toHaveLength(1);
});

test('what is clicked while another command is on its way comes next', async ({ app, drydock }) => {
  await drydock.client.chains.start({ chain: 'local' });
  const requests = await heldRequests(app.page, 'chains/mine');
  await app.go('/chains/local');
  await app.main.getByRole('button', { name: 'Mine', exact: true }).click();
  await app.main.getByRole('button', { name: 'Stop local' }).click();
  const read = () => drydock.client.chains.get({ chain: 'local' });
  expect(await read()).toMatchObject({ status: 'running', blockNumber: 0 });
  requests.release();
  await expect.poll(read).toMatchObject({ status: 'stopped', blockNumber: 1 });
});

test('a press is called off by moving the pointer away before the release', async ({ app }) => {
  const add = app.sidebar.getByRole('button', { name: 'Add project', exact: true });
  await add.hover();
  await app.page.mouse.down();
  await app.main.hover();
  await app.page.mouse.up();
  await expect(app.dialog).toBeHidden();
});

for (const procedure of ['projects/choices', 'networks/list']) {
  test(`a click on Deploy before ${procedure} was read deploys once it is`, async ({
    app,
    project,
  }) => {
    const { folder } = await project('token-vault');
    const requests = await heldRequests(app.page, procedure);
    await app.addProject(folder, 'vault');
    await app.deployButton.click();
    await expect(app.deployButton).toHaveAttribute('aria-busy', 'true');
    requests.release();
    await expect(app.headline).toHaveText('Deployed 3 contracts', { timeout: 60_000 });
  });
}
