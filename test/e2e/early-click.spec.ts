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
