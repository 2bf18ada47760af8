import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';

test('Docker chosen where there is none fails with the way out, and starts nothing elsewhere', async () => {
  const { DOCKER_HOST } = process.env;
  process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock';
  process.env.DRYDOCK_ENGINE = 'process';
  try {
    await using app = await openTestApp();
    const { client } = await openDoor('in-process', app.app);
    await using fixture = await copyFixture('broken', { compiled: true });
    const { id: project } = await client.projects.add({ path: fixture.folder, name: 'broken' });
    await client.projects.setEngine({ project, engine: 'docker' });
    const port = await freePort();
    await client.networks.save({ name: 'own', kind: 'local', port });

    await expect(client.chains.start({ chain: 'own', engine: 'docker' })).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      data: { fix: { call: { input: { chain: 'own', engine: 'process' } } } },
    });
    expect((await client.chains.get({ chain: 'own' })).status).toBe('stopped');

    const { id } = await client.deployments.start({
      project,
      target: 'own',
      input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['1'] },
    });
    for await (const _ of await client.deployments.watch({ id })) {
      // Only its end matters.
    }
    expect((await client.deployments.get({ id })).failure).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      fix: { call: { procedure: 'projects.setEngine' } },
    });
    expect((await client.chains.get({ chain: 'own' })).status).toBe('stopped');

    // A running chain isn't stopped for an engine that it could not be started on.
    await client.chains.start({ chain: 'own' });
    await expect(client.chains.restart({ chain: 'own', engine: 'docker' })).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
    });
    expect((await client.chains.get({ chain: 'own' })).status).toBe('running');
  } finally {
    process.env.DOCKER_HOST = DOCKER_HOST;
  }
});
