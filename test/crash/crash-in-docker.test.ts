import { expect, test } from 'vitest';
import { appProject } from '#test/harness/app-project.ts';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { appRounds } from './app.ts';
import { crashTest, isAskedFor } from './crash-test.ts';
import { foundryRounds } from './foundry.ts';
import { hardhatRounds } from './hardhat.ts';
import { dockerLeftovers, removeWorkspaces } from './leftovers.ts';

const engine = 'docker' as const;

const docker = isAskedFor(engine) ? await testDocker() : null;

if (!docker) {
  test.skip('docker: was not asked for', () => expect.unreachable());
} else if (skipAloud('crashes with Docker', docker.missing)) {
  test.skip('docker: needs a daemon', () => expect(docker).toBeNull());
} else {
  const { host } = docker;

  crashTest({ kind: 'foundry', engine, usual: 4, long: 100 }, async (home, stack) => {
    const { folder } = stack.use(await copyFixture('broken', { git: true, compiled: true }));
    stack.defer(() => removeAll(host, home));
    return foundryRounds(
      {
        ...{ name: engine, env: { DOCKER_HOST: host }, withinMs: 2000 },
        ...{ leftovers: dockerLeftovers(host), bare: removeWorkspaces(host) },
      },
      folder,
      home,
    );
  });

  if ((await whyNoHardhat()) === null) {
    crashTest({ kind: 'hardhat', engine, usual: 2, long: 100 }, async (home, stack) => {
      const fixture = stack.use(await copyHardhatFixture('two-ignition', { inContainer: true }));
      stack.defer(() => removeAll(host, home));
      return hardhatRounds(
        {
          ...{ name: engine, env: { DOCKER_HOST: host }, withinMs: 6000 },
          ...{ toolEnv: fixture.env, leftovers: dockerLeftovers(host) },
          bare: removeWorkspaces(host),
        },
        fixture.project,
        home,
      );
    });
  }

  crashTest({ kind: 'app', engine, usual: 3, long: 100 }, async (home, stack) => {
    const { folder } = stack.use(await appProject());
    stack.defer(() => removeAll(host, home));
    return appRounds(folder, home, host);
  });
}
