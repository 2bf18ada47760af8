import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

test('one deployment for a double click, a queue behind it, and Cancel for each', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await drydock.startSlowChain();
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'run(uint256)');
  const count = app.page.getByRole('group', { name: 'Arguments' }).getByLabel('count');
  await count.fill('150');

  await app.deployButton.dblclick();
  await expect(app.headline).toHaveText(/^Broadcasting \d+ of 150/, { timeout: 60_000 });
  expect((await drydock.client.deployments.list({})).total).toBe(1);

  await app.editForm();
  await count.fill('1');
  await app.deployButton.click();
  await expect(app.main.getByRole('link', { name: 'Deployment #2' })).toBeVisible();
  await expect(app.headline).toHaveText(/^Waiting/);
  const bar = app.page.getByRole('contentinfo');
  await expect(bar).toContainText('1 running · 1 queued');

  // The one that waits goes without a trace on the chain; the one before it goes on.
  await app.cancelButton.click();
  await expect(app.headline).toHaveText('Cancelled');
  await expect(bar).toContainText(/1 running$|1 running[^·]/);

  await app.sidebar.getByRole('link', { name: /^Queue/ }).click();
  const running = app.main.getByRole('table', { name: 'Running' }).getByRole('row');
  await expect(running).toHaveCount(2);
  await expect(app.main.getByText('Nothing waits.')).toBeVisible();
  await app.historyLink(1).click();
  await expect(app.main.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  await app.cancelButton.click();
  await expect(app.headline).toHaveText('Cancelled');
  await expect(app.cancelButton).toBeHidden();
  await expect(bar).not.toContainText('running ·');

  const cancelled = await drydock.client.deployments.get({ id: 1 });
  expect(cancelled.status).toBe('cancelled');
  const landed = made(cancelled).transactions.filter(({ status }) => status === 'success');
  expect(landed.length).toBeGreaterThan(0);
  expect(landed.length).toBeLessThan(150);
  // What had been sent before stays on the record, with its hashes.
  expect(landed.every(({ hash }) => hash !== null)).toBe(true);

  await drydock.startQuickChain();
  await app.go('/projects/1');
  await app.deployButton.click();
  await expect(app.main.getByRole('link', { name: 'Deployment #3' })).toBeVisible();
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });
});
