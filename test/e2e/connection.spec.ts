import { renameSync } from 'node:fs';
import { renewTokenOf } from '#main/doors/host/control.ts';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

test('two tabs show one run live, from its start to its revert', async ({
  app,
  drydock,
  project,
  tab,
}) => {
  const { folder } = await project('broken');
  await drydock.startSlowChain();
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'run(uint256)');
  await app.page.getByRole('group', { name: 'Arguments' }).getByLabel('count').fill('8');
  const other = await tab('/projects/1');
  await expect(other.deployButton).toBeVisible();

  await app.deployButton.click();
  // The other one hears of it while it runs, not only at its end.
  await expect(other.headline).toHaveText(/^Broadcasting \d+ of 8/, { timeout: 60_000 });
  for (const one of [app, other]) {
    await expect(one.headline).toHaveText('Deployed 8 contracts', { timeout: 60_000 });
  }
  await expect.poll(() => app.lines()).toBeGreaterThan(8);
  // The last lines may still be on their way to either.
  await expect.poll(async () => (await other.lines()) - (await app.lines())).toBe(0);
  expect(await other.addresses()).toEqual(await app.addresses());

  await other.page.keyboard.press('s');
  await expect(
    app.chain.getByRole('list', { name: 'Snapshot timeline' }).getByRole('listitem'),
  ).toHaveCount(2);
  await app.page.keyboard.press('r');
  await app.dialog.getByRole('button', { name: 'Revert local' }).click();
  for (const one of [app, other]) await expect(one.headline).toHaveText(/^Reverted/);

  await drydock.client.projects.remove({ project: 1 });
  for (const one of [app, other]) {
    await expect(one.main.getByText('This project isn’t in Drydock any more')).toBeVisible();
  }
});

test('the host ends: the page says so and how to go on; when it comes back, the page goes on', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await app.addProject(folder);
  const bar = app.page.getByRole('contentinfo');
  const { port } = drydock.host;
  await drydock.stop();

  const banner = app.page.getByRole('alert').filter({ hasText: 'Drydock has ended' });
  await expect(banner).toContainText('npm start -- --browser');
  await expect(bar).toContainText('Drydock has ended');
  // What is on the screen can still be read, and an action says that it wasn't done.
  await app.deployButton.click();
  await expect(app.page.getByText('Not connected to Drydock just now')).toBeVisible();

  await drydock.start(port);
  await expect(bar).toContainText('Connected');
  await expect(banner).toBeHidden();
  // What was asked for in between isn't done behind one's back.
  expect((await drydock.client.deployments.list({})).total).toBe(0);
  await drydock.client.networks.save({ name: 'since-then', kind: 'local' });
  await expect(app.sidebar.getByRole('link', { name: /since-then/ })).toBeVisible();
  await app.chooseScript(/NoBroadcast\.s\.sol/);
  await app.deployButton.click();
  await expect(app.headline).toHaveText(/nothing was sent/, { timeout: 60_000 });
});

test('a host that is killed in mid-run: the page comes back to what had landed by then, and nothing is sent twice', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await drydock.startSlowChain();
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'run(uint256)');
  await app.page.getByRole('group', { name: 'Arguments' }).getByLabel('count').fill('90');
  await app.deployButton.click();
  await expect(app.headline).toHaveText(/^Broadcasting [1-9]\d* of 90/, { timeout: 60_000 });
  const { port } = drydock.host;
  await drydock.kill();
  await expect(app.page.getByRole('contentinfo')).not.toContainText('Connected');
  await drydock.start(port);
  await expect(app.page.getByRole('contentinfo')).toContainText('Connected');
  await expect(app.headline).toHaveText(/^Interrupted · sent \d+ of 90 /);
  await expect(app.main.getByRole('alert')).toContainText(/\d+ of 90 transactions had reached/);
  const run = await drydock.client.deployments.get({ id: 1 });
  expect(run.attempt).toBe(1);
  const landed = made(run).transactions.filter(({ status }) => status === 'success');
  expect(landed.length).toBeGreaterThan(0);
  expect(landed.map(({ nonce }) => nonce)).toEqual(landed.map((_, index) => index));
});

test('a run outlives a page that is closed', async ({ app, drydock, project, tab }) => {
  const { folder } = await project('broken');
  await drydock.startSlowChain();
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'run(uint256)');
  await app.page.getByRole('group', { name: 'Arguments' }).getByLabel('count').fill('6');
  await app.deployButton.click();
  await expect(app.headline).toHaveText(/^Broadcasting/, { timeout: 60_000 });
  await app.page.close();
  const later = await tab('/projects/1');
  await expect(later.headline).toHaveText('Deployed 6 contracts', { timeout: 60_000 });
  await expect.poll(() => later.screen()).toMatch(/▸ Deployed\s*$/);
});

test('a new token: the page of the old one says so, and how it is opened again', async ({
  app,
  drydock,
}) => {
  await expect(app.page.getByRole('contentinfo')).toContainText('Connected');
  await renewTokenOf(drydock.host);
  const banner = app.page.getByRole('alert').filter({ hasText: 'Drydock has a new key' });
  await expect(banner).toContainText('drydock host --open');

  // What is asked of it from here on comes with the new one.
  await drydock.stop();
  await drydock.start();
  await app.page.goto(drydock.address());
  await expect(app.page.getByRole('contentinfo')).toContainText('Connected');
});

test('the data folder is moved away: every page says so, until it is back', async ({
  app,
  drydock,
}) => {
  await expect(app.page.getByRole('contentinfo')).toContainText('Connected');
  const away = `${drydock.home}-moved`;
  renameSync(drydock.home, away);
  const banner = app.page.getByRole('alert').filter({ hasText: 'The data folder was moved' });
  await expect(banner).toBeVisible();
  await expect(app.page.getByRole('contentinfo')).toContainText('data folder gone');
  renameSync(away, drydock.home);
  await expect(banner).toBeHidden();
});
