import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { removeAll, type TestDocker, testDocker } from '../harness/docker.ts';
import { endPrivateDaemon, startPrivateDaemon } from '../harness/docker-daemon.ts';
import { skipAloud } from '../harness/skip.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test.describe('without Docker', () => {
  test('the page says so, and where to go', async ({ app, drydock }) => {
    await drydock.client.settings.set({ dockerHost: 'unix:///nowhere/docker.sock' });
    await app.go('/containers');
    await expect(app.main.getByRole('heading', { name: 'No Docker' })).toBeVisible();
    await expect(app.main).toContainText('unix:///nowhere/docker.sock');
    if (pictures) await app.page.screenshot({ path: path.join(pictures, 'containers-none.png') });
    await app.main.getByRole('link', { name: 'Open the doctor' }).click();
    await expect(app.main.getByRole('heading', { name: 'Doctor' })).toBeVisible();
  });
});

test.describe('with Docker', () => {
  let docker: TestDocker;
  const before = { ...process.env };

  test.beforeAll(async () => {
    test.setTimeout(600_000);
    docker = await testDocker();
    process.env.DOCKER_HOST = docker.host;
    process.env.DRYDOCK_ENGINE = 'docker';
  });
  test.beforeEach(() => {
    test.skip(skipAloud('the page of containers', docker.missing), docker.missing ?? '');
  });
  test.afterEach(async ({ drydock }) => {
    if (docker.missing !== null) return;
    await drydock.client.chains.stop({ chain: 'local' }).catch(() => undefined);
    await removeAll(docker.host, drydock.home);
  });
  test.afterAll(async () => {
    for (const name of ['DOCKER_HOST', 'DRYDOCK_ENGINE']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test('containers are seen, measured, read, stopped and removed', async ({
    app,
    drydock,
    project,
  }) => {
    const { main, page, dialog } = app;
    expect(await drydock.client.containers.list()).toEqual([]);
    await app.sidebar.getByRole('link', { name: 'Containers' }).click();
    await expect(main.getByRole('heading', { name: 'No container yet' })).toBeVisible();

    const { folder: gates } = await project('broken');
    await drydock.client.projects.add({ path: gates, name: 'gates' });
    await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['3']);
    const rows = main.getByRole('table', { name: 'Containers' }).getByRole('row');
    const workspace = rows.filter({ hasText: 'gates' });
    const chain = rows.filter({ has: page.getByRole('button', { name: 'Log of local' }) });
    await expect(workspace).toContainText('healthy');
    await expect(chain).toContainText('healthy');
    await expect(app.page.getByRole('contentinfo')).toContainText(/Docker \d/);

    // The charts are there at once and stay where they are while samples come.
    const charts = main.getByRole('region', { name: 'Usage of gates' });
    await expect(charts.getByRole('img', { name: /^CPU of gates: [\d.,]+ %/ })).toBeVisible();
    const height = () => charts.evaluate((one) => one.getBoundingClientRect().height);
    const first = await height();
    await expect(
      charts.getByRole('img', { name: /^Memory of gates: [\d.]+ [KM]iB/ }),
    ).toBeVisible();
    await expect(workspace).toContainText('%');
    for (const theme of ['dark', 'light'] as const) {
      await drydock.client.settings.set({ theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await page.waitForFunction(() => document.getAnimations().length === 0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
      if (pictures) {
        for (const [width, tall] of [
          [1440, 900],
          [1280, 800],
          [1000, 700],
        ] as const) {
          await page.setViewportSize({ width, height: tall });
          await page.waitForFunction(() => document.getAnimations().length === 0);
          await page.screenshot({ path: path.join(pictures, `containers-${theme}-${width}.png`) });
        }
        await page.setViewportSize({ width: 1440, height: 900 });
      }
    }
    expect(await height()).toBe(first);

    await chain.getByRole('button', { name: 'Log of local' }).click();
    const log = page.getByRole('region', { name: 'Log of the container' });
    await expect(log).toContainText('eth_');
    if (pictures) await page.screenshot({ path: path.join(pictures, 'containers-log.png') });
    await page.getByRole('tab', { name: /^Container/ }).press('Delete');
    await expect(log).toBeHidden();

    await expect(main.getByRole('region', { name: 'Orphans' })).toContainText('There are none.');
    await expect(main.getByRole('table', { name: 'Disk use in Docker' })).toContainText('MiB');

    await workspace.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Stop…' }).click();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await expect(workspace).toContainText('stopped');
    await workspace.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(workspace).toHaveCount(0);

    // Several at once, with one question.
    await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['3']);
    await expect(workspace).toContainText('healthy');
    const bar = main.getByRole('toolbar', { name: 'Selection' });
    await main.getByRole('checkbox', { name: 'Select gates' }).check();
    await expect(bar).toContainText('1 selected');
    await bar.getByRole('button', { name: 'Remove…' }).focus();
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await main.getByRole('checkbox', { name: 'Select all' }).check();
    await expect(bar).toContainText('2 selected');
    if (pictures) await page.screenshot({ path: path.join(pictures, 'containers-selected.png') });
    await bar.getByRole('button', { name: 'Remove…' }).click();
    await expect(dialog).toContainText('Remove 2 containers?');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(rows).toHaveCount(0);
    await expect(page.getByText('2 containers removed')).toBeVisible();
    expect((await drydock.client.chains.get({ chain: 'local' })).problem).toBeNull();
  });

  test('the status bar follows the daemon', async ({ app, drydock }) => {
    const folder = docker.privateFolder ?? '';
    const why = folder === '' ? 'the daemon is not ours to end' : null;
    test.skip(skipAloud('the status bar while the daemon is gone', why), why ?? '');
    const bar = app.page.getByRole('contentinfo');
    await expect(bar).toContainText(/Docker \d/);
    await endPrivateDaemon(folder, 'SIGTERM');
    await expect(bar).toContainText('reconnecting');
    if (pictures) await app.page.screenshot({ path: path.join(pictures, 'status-lost.png') });
    await startPrivateDaemon(folder);
    await expect(bar).toContainText(/Docker \d/);
    await drydock.client.chains.start({ chain: 'local' });
  });

  test('the engine is chosen for a project and for a chain', async ({ app, drydock, project }) => {
    const { main, page } = app;
    const { folder: gates } = await project('broken');
    await app.addProject(gates, 'gates');
    await app.tab(/^Settings/);
    await app.choose('Engine', 'processes');
    await expect
      .poll(async () => (await drydock.client.projects.get({ project: 'gates' })).engine)
      .toBe('process');
    if (pictures) await page.screenshot({ path: path.join(pictures, 'project-engine.png') });

    await app.go('/chains/local');
    await main.getByRole('button', { name: 'More for local' }).click();
    await page.getByRole('menuitem', { name: 'Start without Docker' }).click();
    await expect(main.getByText('Processes, chosen for this chain')).toBeVisible();
    await main.getByRole('button', { name: 'More for local' }).click();
    await page.getByRole('menuitem', { name: 'Restart in Docker' }).click();
    await expect(main.getByText('Docker, chosen for this chain')).toBeVisible();
    await app.go('/settings');
    await expect(main.getByRole('heading', { name: 'Docker' })).toBeVisible();
    if (pictures) await page.screenshot({ path: path.join(pictures, 'settings-docker.png') });
  });
});
