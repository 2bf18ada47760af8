import { expect, test } from './drydock.ts';

test('the second deploy skips the compile phase, and the cache can be emptied', async ({
  app,
  drydock,
  project,
}) => {
  const { main } = app;
  const { folder } = await project('broken', { compiled: false });
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  const once = () => drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await once();
  await expect.poll(async () => (await drydock.client.compileCache.status()).entries).toBe(1);
  const { id } = await once();
  await app.go(`/deployments/${id}`);
  await expect(main.getByRole('listitem', { name: 'Compile: cached' })).toContainText('cached');
  await expect(main.getByRole('listitem', { name: 'Simulate: done' })).toBeVisible();

  await app.go('/data');
  await expect(main.getByText(/^1 compile, .+ of at most/)).toBeVisible();
  await main.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(main.getByText('What a deploy compiles is kept here')).toBeVisible();
  expect(await drydock.client.compileCache.status()).toMatchObject({ entries: 0 });
});
