import path from 'node:path';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('the foot of the sidebar stays in view, however many chains stand above it', async ({
  app,
  drydock,
}) => {
  for (let i = 1; i <= 12; i += 1) {
    await drydock.client.networks.save({ name: `chain-${i}`, kind: 'local' });
  }
  const last = app.sidebar.getByRole('link', { name: 'Data' });
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await app.page.setViewportSize({ width, height });
    await expect(app.sidebar.getByRole('link', { name: /chain-12/ })).toBeAttached();
    for (const name of [/Doctor/, /Help/]) {
      await expect(app.sidebar.getByRole('link', { name })).toBeInViewport({ ratio: 1 });
    }
    await expect(last).not.toBeInViewport();
    if (pictures) {
      await app.page.screenshot({ path: path.join(pictures, `sidebar-${width}.png`) });
    }
  }
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(app.sidebar.getByRole('link', { name: /Help/ })).toBeInViewport({ ratio: 1 });
});
