import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from './drydock.ts';

test('what needs attention: one is dismissed, one is tried again, one is made up for', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Reverts.s.sol');
  await drydock.deploy('gates', 'script/SyntaxError.s.sol');
  const link = app.sidebar.getByRole('link', { name: /^History/ });
  await expect(link).toContainText('2 runs need attention');
  await expect(app.page.getByText(/dead letter/i)).toHaveCount(0);
  await link.click();
  await app.main.getByRole('button', { name: 'Needs attention' }).click();

  const letters = app.main.getByRole('list', { name: 'Needs attention' }).getByRole('listitem');
  await expect(letters).toHaveCount(2);
  await expect(letters.filter({ hasText: 'gates #1' })).toContainText('the tide is out');
  await app.main.getByRole('button', { name: 'Dismiss gates #1' }).click();
  await expect(letters).toHaveCount(1);
  await app.main.getByRole('button', { name: 'Retry gates #2', exact: true }).click();
  // It fails once more, so there is one letter again, of the new run.
  await expect(letters.filter({ hasText: 'gates #3' })).toBeVisible({ timeout: 60_000 });
  await expect(letters).toHaveCount(1);
  expect(await drydock.client.deployments.get({ id: 3 })).toMatchObject({
    retryOf: 2,
    trigger: 'retry',
    status: 'failed',
  });

  // Deployed well from elsewhere, nobody has to decide about the failure any more.
  const script = path.join(folder, 'script/SyntaxError.s.sol');
  await writeFile(script, (await readFile(script, 'utf8')).replace('x = ;', 'x = 1;'));
  await drydock.deploy('gates', 'script/SyntaxError.s.sol');
  await expect(app.main.getByText('Nothing needs attention')).toBeVisible();
  await app.go('/dead-letters');
  await expect(app.main.getByRole('heading', { name: 'History' })).toBeVisible();
  await expect(app.main.getByText('Nothing needs attention')).toBeVisible();
});

test('a roll back says what goes with it, and does it', async ({ app, drydock, project }) => {
  const { folder } = await project('broken');
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['2']);
  await app.go('/deployments/1');
  await app.main.getByRole('button', { name: 'Roll back…' }).click();
  await expect(app.dialog.getByRole('list', { name: 'Deployments that go as well' })).toContainText(
    'gates #2',
  );
  await app.dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
  await expect(app.dialog).toBeHidden();
  await expect(app.headline).toHaveText(/^Reverted/);
  expect((await drydock.client.chains.get({ chain: 'local' })).blockNumber).toBe(0);
  const live = async () => {
    const runs = [1, 2].map((id) => drydock.client.deployments.get({ id }));
    return (await Promise.all(runs)).map((run) => run.live);
  };
  expect(await live()).toEqual([false, false]);
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(live).toEqual([true, true]);
  await expect(app.headline).toHaveText(/^Deployed/);
});

test('data: back up, see it in the list, choose it for the next start', async ({
  app,
  drydock,
}) => {
  await app.sidebar.getByRole('link', { name: 'Data' }).click();
  await app.main.getByRole('button', { name: 'Back up now' }).click();
  const rows = app.main.getByRole('table', { name: 'Backups' }).getByRole('row');
  const made = rows.filter({ hasText: 'on demand' });
  await expect(made).toHaveCount(1);
  await app.main.getByRole('button', { name: 'Check the database' }).click();
  await expect(app.page.getByText('The database is whole')).toBeVisible();
  await app.main.getByRole('button', { name: 'See what would go' }).click();
  await expect(
    app.main.getByText('There is nothing that the limits would not keep.'),
  ).toBeVisible();

  await drydock.client.networks.save({ name: 'later', kind: 'local' });
  const later = app.sidebar.getByRole('link', { name: /later/ });
  await expect(later).toBeVisible();
  await made.getByRole('button', { name: /^Restore/ }).click();
  await expect(app.main.getByText('It takes its place when Drydock starts next')).toBeVisible();
  const { port } = drydock.host;
  await drydock.stop();
  await drydock.start(port);
  await expect(app.page.getByRole('contentinfo')).toContainText('Connected');
  await expect(later).toBeHidden();
  await expect(rows.filter({ hasText: 'put aside by a restore' })).toHaveCount(1);
});

test('a webhook is told the end of a run, signed, and its page shows that', async ({
  app,
  drydock,
  project,
}) => {
  const received: { signed: boolean; body: string }[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const signed = Object.keys(request.headers).some((name) => name.includes('signature'));
      received.push({ signed, body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as { port: number };

  await app.go('/settings/webhooks');
  await app.main.getByRole('button', { name: 'Add webhook' }).click();
  await app.dialog.getByLabel('Name').fill('team');
  await app.dialog.getByLabel('Address').fill('not an address');
  await expect(app.dialog.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
  await app.dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/hook`);
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.dialog.getByText('it isn’t shown again')).toBeVisible();
  await app.dialog.getByRole('button', { name: 'Done' }).click();

  const { folder } = await project('broken');
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await expect
    .poll(() => received.find(({ body }) => body.includes('deployment.ended')))
    .toBeTruthy();
  expect(received.every(({ signed }) => signed)).toBe(true);
  await expect(app.main.getByRole('region', { name: 'Deliveries' })).toContainText(
    'Deployment ended',
  );
  receiver.close();
});

test('the history finds a line of a log, and compares two runs', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Reverts.s.sol');
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['2']);
  await app.go('/history');
  await app.main.getByLabel('Search logs, contracts').fill('tide');
  const found = app.main.getByRole('list', { name: 'Found' });
  await expect(found).toContainText('the tide is out');
  await found.getByRole('link').first().click();
  await expect(app.main.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  await expect.poll(() => app.screen()).toMatch(/the tide is out/);

  await app.go('/deployments/2/diff/3');
  await expect(app.main.getByText('run(uint256)').first()).toBeVisible();
  await expect(app.main).toContainText('#2');
  await expect(app.main).toContainText('#3');
});
