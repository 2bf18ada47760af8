import { describe, expect, test } from 'vitest';
import { testDocker } from '#test/harness/docker.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

if (skipAloud('states of chains in Docker', docker.missing)) {
  describe.skip('states of chains in Docker', () =>
    test('need a daemon', () => expect(docker).toBeNull()));
} else {
  process.env.DRYDOCK_ENGINE = 'docker';
  process.env.DOCKER_HOST = docker.host;
  await import('./state-diff-random.test.ts');
}
