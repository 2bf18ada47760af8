import path from 'node:path';
import { appProject } from '../harness/app-project.ts';
import { removeAll, type TestDocker, testDocker } from '../harness/docker.ts';
import { skipAloud } from '../harness/skip.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

let docker: TestDocker;
const before = process.env.DOCKER_HOST;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  docker = await testDocker();
  if (docker.host) process.env.DOCKER_HOST = docker.host;
});
test.beforeEach(() => {
  test.skip(skipAloud('releases in the window', docker.missing), docker.missing ?? '');
});
test.afterEach(async ({ drydock }) => {
  if (docker.missing === null) await removeAll(docker.host, drydock.home);
});
test.afterAll(() => {
  if (before === undefined) delete process.env.DOCKER_HOST;
  else process.env.DOCKER_HOST = before;
});

test('a release is rolled back in words of releases, and its log says who wrote what', async ({
  app,
  drydock,
}) => {
  test.setTimeout(240_000);
  await using project = await appProject();
  const { main, page, dialog } = app;
  await app.addProject(project.folder);
  for (const release of [1, 2]) {
    await app.editForm();
    await main.getByLabel('Environment').fill(`RELEASE=${release}\nSAYS=release ${release} begins`);
    await app.deployButton.click();
    await expect(main.getByRole('link', { name: `Deployment #${release}` })).toBeVisible();
    await expect(app.headline).toHaveText('Runs 1 service', { timeout: 120_000 });
  }
  await expect.poll(() => app.screen()).toMatch(/release 2 begins/);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'release-log.png') });

  await app.go('/deployments/2');
  await main.getByRole('button', { name: 'Roll back…' }).click();
  await expect(dialog).toContainText('#2 is stopped, and #1 serves again');
  await expect(dialog).not.toContainText(/chain|snapshot/);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'release-rollback.png') });
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText('shop #1 serves again')).toBeVisible();
  await expect(app.headline).toHaveText(/^Stopped/);
  await expect(main.getByRole('button', { name: 'Roll back…' })).toBeHidden();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'release-back.png') });
  const live = [1, 2].map(async (id) => (await drydock.client.deployments.get({ id })).live);
  expect(await Promise.all(live)).toEqual([true, false]);
});
