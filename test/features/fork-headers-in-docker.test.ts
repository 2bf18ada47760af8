import { describe, expect, test } from 'vitest';
import { testDocker } from '#test/harness/docker.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

if (skipAloud('forks whose upstream wants a header in Docker', docker.missing)) {
  describe.skip('forks whose upstream wants a header in Docker', () =>
    test('needs a daemon', () => expect(docker).toBeNull()));
} else {
  process.env.DRYDOCK_ENGINE = 'docker';
  process.env.DOCKER_HOST = docker.host;
  await import('./fork-headers.test.ts');
}
