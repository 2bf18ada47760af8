import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { labels } from '#main/engines/docker/labels.ts';
import { prepareDocker } from '../harness/docker.ts';
import {
  startPrivateDaemon,
  stopPrivateDaemon,
  whyNoPrivateDaemon,
} from '../harness/docker-daemon.ts';
import { temporaryFolder } from '../harness/folder.ts';
import { skipAloud } from '../harness/skip.ts';
import { putSmallImage } from '../harness/small-image.ts';
import { expect, test } from './drydock.ts';

test('without Docker the page of images says what to do', async ({ app, drydock }) => {
  await drydock.client.settings.set({ dockerHost: 'unix:///nowhere/at/all.sock' });
  await app.sidebar.getByRole('link', { name: 'Images' }).click();
  await expect(app.main.getByText('No Docker', { exact: true })).toBeVisible();
  await expect(app.main.getByText(/unix:\/\/\/nowhere\/at\/all\.sock/)).toBeVisible();
  await expect(app.main.getByRole('button', { name: 'Clear' })).toBeHidden();
  const listed = await drydock.run('image', 'list', '--json');
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout).problem).toContain('No Docker daemon answers');
  const cleared = await drydock.run('image', 'clear');
  expect(cleared.code).toBe(1);
});

test('a project’s Dockerfile is chosen in its settings, and must lie in its folder', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  await mkdir(path.join(folder, 'docker'));
  await writeFile(path.join(folder, 'docker', 'Dockerfile'), 'FROM scratch\n');
  await app.addProject(folder, 'vault');
  await app.go('/projects/1/settings');
  const field = app.main.getByLabel('Dockerfile');
  const save = app.main
    .getByRole('region', { name: 'Image' })
    .getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await field.fill('../Dockerfile');
  await save.click();
  await expect(field).toHaveAccessibleDescription(/does not exist in the project/);
  await field.fill('docker/Dockerfile');
  await save.click();
  await expect
    .poll(async () => (await drydock.client.projects.list())[0]?.dockerfile)
    .toBe('docker/Dockerfile');
  await expect(save).toBeDisabled();
  const shown = await drydock.run('project', 'dockerfile', 'vault');
  expect(shown.stdout).toContain('docker/Dockerfile');
  const wrong = await drydock.run('project', 'dockerfile', 'vault', 'docker');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('is not a file')]);
  const none = await drydock.run('project', 'dockerfile', 'vault', '--none', '--json');
  expect(JSON.parse(none.stdout)).toMatchObject({ name: 'vault', dockerfile: null });
  await expect(field).toHaveValue('');
});

test.describe('with Docker', () => {
  test.skip(skipAloud('the page of images', whyNoPrivateDaemon()), 'no daemon of its own');
  test.setTimeout(240_000);

  test('an image is built with its output to be seen, and removed', async ({ app, drydock }) => {
    await using folder = await temporaryFolder();
    process.env.DRYDOCK_BUILD_NETWORK = 'host';
    const { host } = await startPrivateDaemon(folder.path);
    try {
      await prepareDocker(host);
      const daemon = await new DockerDaemon({
        dockerHost: () => host,
        changed: () => undefined,
      }).require();
      const old = { [labels.kind]: 'image', [labels.name]: 'foundry' };
      await putSmallImage(daemon.docker, 'drydock/foundry:outdated', old);
      await drydock.client.settings.set({ dockerHost: host, buildNetwork: 'host' });
      const { main, dialog, page } = app;
      await app.go('/images');
      const row = (name: RegExp) => main.getByRole('row', { name });
      await expect(row(/Foundry.*current/)).toBeVisible();
      await row(/outdated/)
        .getByRole('button', { name: 'More for Foundry' })
        .click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await expect(row(/outdated/)).toBeHidden();

      await main.getByRole('button', { name: 'Clear' }).click();
      await dialog.getByRole('button', { name: 'Clear' }).click();
      await expect(row(/Foundry.*not built/)).toBeVisible();
      await main.getByRole('button', { name: 'Build Foundry' }).click();
      const build = main.getByRole('region', { name: 'Build of Foundry' }).first();
      await expect(build.getByText(/^The image is ready after/)).toBeAttached({ timeout: 120_000 });
      await expect(build.getByText('built', { exact: true })).toBeVisible();
      await expect(row(/Foundry.*current/)).toContainText(/MiB/);

      const bar = page.getByRole('contentinfo');
      await drydock.client.chains.start({ chain: 'local', engine: 'docker' });
      await expect(bar.getByRole('link', { name: /^Image cache \d+ % hits$/ })).toBeVisible();
      await drydock.client.chains.stop({ chain: 'local' });
    } finally {
      await stopPrivateDaemon(folder.path);
    }
  });
});
