import { readFile } from 'node:fs/promises';
import { openDb } from '#main/db/open.ts';
import type { Service } from '#main/shared/result.ts';
import { seedProject, seedRun } from '../harness/history.ts';
import { expect, test } from './drydock.ts';

const shop = (release: number): Service => ({
  name: 'shop',
  url: `http://127.0.0.1:300${release}`,
  container: `drydock-shop-${release}`,
  containerId: `c0ffee${release}`,
  image: `sha256:${String(release).repeat(64)}`,
  port: 3000 + release,
  health: 'healthy',
  release,
});

test('releases are compared by their services, and exported as what those offer', async ({
  app,
  drydock,
  page,
}) => {
  const db = openDb(drydock.home);
  const project = seedProject(db, 'shop');
  const [first, second] = [false, true].map((live, n) =>
    seedRun(db, project, { live, services: [shop(n + 1)] }),
  );
  db.close();

  await app.go(`/deployments/${first}/diff/${second}`);
  const services = app.main.getByRole('table', { name: 'Services' });
  await expect(services.getByRole('row', { name: 'shop' })).toContainText('imageurlport');
  await expect(services).toContainText('http://127.0.0.1:3002');
  await expect(services).toContainText('2'.repeat(12));
  await expect(app.main.getByRole('table', { name: 'Contracts' })).toBeHidden();
  await expect(app.main).not.toContainText('chain id');

  await app.go(`/deployments/${second}`);
  await app.main.getByRole('button', { name: 'Compare and export' }).click();
  const offered = page.getByRole('menuitem', { name: /^Export/ });
  await expect(offered).toHaveText(['Export .env', 'Export everything as JSON']);
  const saved = page.waitForEvent('download');
  await offered.first().click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('shop-2.env');
  expect(await readFile(await file.path(), 'utf8')).toContain('SHOP_URL=http://127.0.0.1:3002\n');
});
