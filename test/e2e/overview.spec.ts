import { expect, test } from './drydock.ts';

test('the overview says what is live, what needs an answer, and how deployments went', async ({
  app,
  drydock,
  project,
}) => {
  const { main } = app;
  const { folder } = await project('broken', { git: true });
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await app.go('/');
  const live = main.getByRole('table', { name: 'Live now' });
  await expect(live.getByRole('row', { name: /gates/ })).toContainText('—');
  await expect(main.getByRole('list', { name: 'Needs you' })).toBeHidden();

  const done = await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['2']);
  const cell = live.getByRole('link', { name: `Deployment #${done.number} of gates` });
  await expect(cell).toBeVisible();
  await expect(live.getByRole('row', { name: /gates/ })).toContainText('2 contracts');
  await expect(main.getByRole('list', { name: 'Chains' })).toContainText(/local.*#\d/s);
  await expect(main.getByRole('region', { name: 'This machine' })).toContainText(/Memory.*Disk/s);

  // What failed waits for an answer here, with its reason.
  await drydock.deploy('gates', 'script/CompileError.s.sol');
  const needs = main.getByRole('list', { name: 'Needs you' });
  await expect(needs).toContainText('gates #2 failed on local');
  const numbers = main.getByRole('region', { name: 'Deployments', exact: true });
  await expect(numbers).toContainText('1 of 2');
  await needs.getByRole('button', { name: 'Retry gates #2' }).click();
  await expect(needs).toContainText('gates #3 failed on local');

  await app.go('/');
  await numbers.getByRole('link', { name: '14 days' }).click();
  await expect(main.getByRole('heading', { name: 'Insights' })).toBeVisible();
  const row = main.getByRole('table', { name: 'Projects' }).getByRole('row', { name: /gates/ });
  await expect(row).toContainText('33 %');
  await expect(main.getByRole('table', { name: 'Phases' })).toContainText(/compile/i);
  const told = await drydock.run('insights', '--days', '1');
  expect(told.stdout).toMatch(/gates\s+1\s+2\s+0/);
});
