import { describe, expect, test } from 'vitest';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { openTestDocker, testDocker } from '#test/harness/docker.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { chainsOn } from './chains-on-engine.ts';

const docker = await testDocker();

const client = async () =>
  (await new DockerDaemon({ dockerHost: () => docker.host, changed: () => undefined }).require())
    .docker;

if (skipAloud('chains in Docker', docker.missing)) {
  describe.skip('chains in Docker', () => test('needs a daemon', () => expect(docker).toBeNull()));
} else {
  chainsOn({
    name: 'docker',
    open: async (home) => openTestDocker(docker, home),
    kill: async ({ container }) => {
      await (await client()).getContainer(container as string).kill({ signal: 'SIGKILL' });
    },
    freeze: async ({ container }) => (await client()).getContainer(container as string).pause(),
    thaw: async ({ container }) => (await client()).getContainer(container as string).unpause(),
    frozen: 'paused',
    visible: async ({ container }) =>
      JSON.stringify(await (await client()).getContainer(container as string).inspect()),
    holder: () => /the container drydock-\w+-chain-local/,
  });
}
