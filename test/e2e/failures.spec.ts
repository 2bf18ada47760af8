import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { freePort } from '../harness/ports.ts';
import { expect, test } from './drydock.ts';

test('a script that does not compile: the sentence, its line, and another try', async ({
  app,
  project,
}) => {
  const { folder } = await project('broken');
  const script = path.join(folder, 'script/CompileError.s.sol');
  await app.addProject(folder);
  await app.chooseScript(/CompileError\.s\.sol/);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = app.main.getByRole('alert');
  await expect(failure).toContainText(
    /script\/CompileError\.s\.sol does not compile, line 11: Undeclared identifier/,
  );
  await expect(app.phase('Compile')).toHaveAccessibleName('Compile: failed');

  await failure.getByRole('button', { name: 'Show in the log' }).click();
  await expect.poll(() => app.screen()).toMatch(/Compiler run failed/);

  await writeFile(
    script,
    (await readFile(script, 'utf8')).replace('gate.enter(undeclared)', 'gate.enter()'),
  );
  await failure.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });
  await expect(failure).toBeHidden();
  await app.tab(/^History/);
  await expect(app.historyRow(1)).toContainText('Failed');
  await expect(app.historyRow(2)).toContainText('Succeeded');
});

test('a script that reverts says its reason', async ({ app, project }) => {
  const { folder } = await project('broken');
  await app.addProject(folder);
  await app.chooseScript(/Reverts\.s\.sol/);
  await app.choose('Function', 'run()');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = app.main.getByRole('alert');
  await expect(failure).toContainText('Reverts: the tide is out');
  await failure.getByRole('button', { name: 'Show in the log' }).click();
  await expect.poll(() => app.screen()).toMatch(/the tide is out/);
});

test('a chain killed in mid-run: the reason, and a button that starts it again', async ({
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
  await expect(app.headline).toHaveText(/^Broadcasting \d+ of 90/, { timeout: 60_000 });

  const before = await drydock.client.chains.get({ chain: 'local' });
  process.kill(before.pid as number, 'SIGKILL');
  await expect(app.headline).toHaveText(/^Failed · sent \d+ of 90 planned/);
  const failure = app.main.getByRole('alert');
  await expect(failure).toContainText(/local/);
  await failure.getByRole('button', { name: /start/i }).click();
  await expect
    .poll(async () => (await drydock.client.chains.get({ chain: 'local' })).status)
    .toBe('running');
  await expect(app.chain.getByRole('button', { name: 'Stop local' })).toBeVisible();

  await app.editForm();
  await app.page.getByRole('group', { name: 'Arguments' }).getByLabel('count').fill('2');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 2 contracts', { timeout: 60_000 });
});

test('a script that would send to another chain asks first, and a button lets it', async ({
  app,
  drydock,
  project,
}) => {
  const { client } = drydock;
  await client.networks.save({ name: 'second', kind: 'local', chainId: 777 });
  const first = await client.chains.start({ chain: 'local' });
  const second = await client.chains.start({ chain: 'second' });
  const { folder } = await project('broken');
  await app.addProject(folder);
  await app.chooseScript(/TwoChains\.s\.sol/);
  const values = app.page.getByRole('group', { name: 'Arguments' });
  await values.getByLabel('first').fill(first.rpcUrl as string);
  await values.getByLabel('second').fill(second.rpcUrl as string);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = app.main.getByRole('alert');
  await expect(failure).toContainText('1 transaction to chain 777 (second)');

  await failure.getByRole('button', { name: 'Deploy to this chain too' }).click();
  await expect(app.headline).toHaveText('Deployed 2 contracts', { timeout: 60_000 });
  await expect(app.main.getByText('on chain 777 (second)').first()).toBeVisible();
  await client.chains.stop({ chain: 'second' });
});

test('a network that is down: the test says so, and so does a deploy', async ({
  app,
  drydock,
  project,
}) => {
  await drydock.client.networks.save({
    name: 'down',
    kind: 'remote',
    url: `http://127.0.0.1:${await freePort()}`,
    chainId: 5,
  });
  const { folder } = await project('broken');
  await app.addProject(folder);
  await app.go('/networks');
  await app.main.getByRole('button', { name: 'Test down', exact: true }).click();
  await expect(app.main.getByRole('alert')).toContainText(/does not answer|reach/);

  await app.go('/projects/1');
  await app.chooseScript(/NoBroadcast\.s\.sol/);
  await app.choose('Network', /\bdown\b/);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  await expect(app.main.getByRole('alert')).toContainText(/down/);
});

test('a folder that is not there, and one that is no project', async ({ app, drydock }) => {
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  const field = app.dialog.getByLabel('Folder');
  const add = app.dialog.getByRole('button', { name: 'Add project' });
  await field.fill(path.join(drydock.home, 'nowhere'));
  await add.click();
  await expect(app.dialog.getByRole('alert')).toContainText('nowhere');
  await expect(field).toHaveAttribute('aria-invalid', 'true');

  await field.fill(drydock.home);
  await expect(app.dialog.getByRole('alert')).toBeHidden();
  await add.click();
  await expect(app.dialog.getByRole('alert')).toContainText('foundry.toml');
  await app.page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
  expect(await drydock.client.projects.list()).toEqual([]);
});

test('a taken port: who has it, and what to do', async ({ app, drydock }) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const own = await freePort();
  await drydock.client.networks.save({ name: 'local', kind: 'local', chainId: 31337, port: own });
  const start = app.chain.getByRole('button', { name: 'Start local', exact: true }).first();
  await start.click();
  const stop = app.chain.getByRole('button', { name: 'Stop local' });
  await expect(stop).toBeVisible();
  await stop.click();
  await expect(start).toBeVisible();
  // The port that it had is its own from then on; somebody else takes it meanwhile.
  expect((await drydock.client.chains.get({ chain: 'local' })).port).toBe(own);
  const thief = createServer().listen(own, '127.0.0.1');
  await once(thief, 'listening');
  await start.click();
  await expect(
    app.page.getByText(new RegExp(`Port ${own} is taken by process ${process.pid}`)).first(),
  ).toBeVisible();
  thief.close();
  await once(thief, 'close');
  await start.click();
  await expect(stop).toBeVisible();

  const second = await drydock.run('host', '--port', String(port));
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/serves this data folder on port/);
  server.close();
  await once(server, 'close');
});

test('a missing package: the tool that brings it, its output, and another deploy', async ({
  app,
  project,
}) => {
  const { folder } = await project('broken', { compiled: false });
  await mkdir(path.join(folder, 'packed'));
  await writeFile(
    path.join(folder, 'packed/package.json'),
    '{"name": "dock", "version": "1.0.0", "files": ["Dock.sol"]}',
  );
  await writeFile(
    path.join(folder, 'packed/Dock.sol'),
    'pragma solidity ^0.8.20; contract Dock {}',
  );
  await writeFile(path.join(folder, 'package.json'), '{"dependencies": {"dock": "file:packed"}}');
  const script = path.join(folder, 'script/MissingImport.s.sol');
  const text = await readFile(script, 'utf8');
  await writeFile(
    script,
    text.replace('../src/Nothing.sol', 'dock/Dock.sol').replaceAll('Nothing', 'Dock'),
  );
  await app.addProject(folder);
  await app.chooseScript(/MissingImport\.s\.sol/);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = app.main.getByRole('alert');
  await expect(failure).toContainText('package.json lists dock');
  await failure.getByRole('button', { name: 'Run npm install' }).click();
  await expect(app.dialog.getByRole('region', { name: 'Installation' })).toBeVisible();
  await expect(app.dialog.getByRole('status')).toHaveText('Everything is installed.', {
    timeout: 60_000,
  });
  await app.dialog.getByRole('button', { name: 'Deploy again' }).click();
  await expect(app.dialog).toBeHidden();
  await expect(app.main.getByRole('link', { name: 'Deployment #2' })).toBeVisible();
  await expect(app.main.getByText('package.json lists dock')).toBeHidden();
});
