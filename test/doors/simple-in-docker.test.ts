import { describe, expect, onTestFinished, test } from 'vitest';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { aHost, ask, bearer } from './with-host.ts';

const docker = await testDocker();

describe.skipIf(skipAloud('the plain API on Docker', docker.missing))('on Docker', () => {
  test('images that are ready, what containers use, and what could be removed', async () => {
    process.env.DRYDOCK_ENGINE = 'docker';
    process.env.DOCKER_HOST = docker.host;
    const host = await aHost();
    onTestFinished(() => removeAll(docker.host, host.app.home));
    await using project = await copyFixture('token-vault');
    const call = async (method: 'GET' | 'POST', pathname: string, body?: object) => {
      const headers = { ...bearer(host), ...(body ? { 'content-type': 'application/json' } : {}) };
      const answer = await ask(host, pathname, { method, headers, body: JSON.stringify(body) });
      return { status: answer.status, body: JSON.parse(answer.text) };
    };

    const asked = { path_url: project.folder, framework: 'foundry' };
    expect(await call('POST', '/deploy', asked)).toMatchObject({
      status: 200,
      body: { success: true, status: 'succeeded' },
    });

    const { body: images } = await call('GET', '/admin/server/cache/status');
    expect(images).toMatchObject({ cache_enabled: true });
    expect(images.cached_images).toBe(images.cached_image_tags.length);
    expect(images.cached_image_tags).toContainEqual(expect.stringMatching(/^drydock\/foundry:/));

    const { body: stats } = await call('GET', '/containers/stats');
    expect(stats.map((one: { kind: string }) => one.kind).sort()).toEqual(['chain', 'workspace']);
    for (const one of stats) expect(one.memory_bytes).toBeGreaterThan(0);

    expect(await call('POST', '/containers/cleanup')).toMatchObject({
      status: 200,
      body: { success: true, removed_containers: [] },
    });
  }, 240_000);
});
