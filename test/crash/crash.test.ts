import { expect, test } from 'vitest';
import { appProject } from '#test/harness/app-project.ts';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { bundledCore } from '#test/made-up/bundled-core.ts';
import { letterProject } from '#test/made-up/letter/project.ts';
import { appRounds } from './app.ts';
import { foundryRounds } from './foundry.ts';
import { type Crashable, crashRounds } from './frame.ts';
import { hardhatRounds } from './hardhat.ts';
import { dockerLeftovers, processLeftovers, removeWorkspaces } from './leftovers.ts';
import { letterRounds } from './letter.ts';

/** `npm run crash -- --rounds 500 --seed 7 --kind foundry --engine docker` for any number. */
const { DRYDOCK_CRASH_ENGINE, DRYDOCK_CRASH_KIND } = process.env;

function crashTest(
  { kind, engine, count }: Pick<Crashable, 'kind' | 'engine'> & { count: number },
  make: (home: string, stack: AsyncDisposableStack) => Promise<Crashable>,
): void {
  const isAsked =
    (DRYDOCK_CRASH_ENGINE ?? engine) === engine && (DRYDOCK_CRASH_KIND ?? kind) === kind;
  test.skipIf(!isAsked)(
    `${kind} on ${engine}: after a kill at any instant nothing is stuck, lost or left running (seed ${seed})`,
    async () => {
      await using stack = new AsyncDisposableStack();
      const home = stack.use(await temporaryFolder()).path;
      const crashable = await make(home, stack);
      expect(await crashRounds(crashable, { home, rounds: count, seed })).toBe(count);
    },
    240_000 + count * 60_000,
  );
}

crashTest({ kind: 'foundry', engine: 'process', count: rounds(20, 300) }, async (home, stack) => {
  const { folder } = stack.use(await copyFixture('broken', { git: true, compiled: true }));
  const engine = { name: 'process', withinMs: 900, leftovers: processLeftovers } as const;
  return foundryRounds(engine, folder, home);
});

crashTest({ kind: 'letter', engine: 'process', count: rounds(10, 100) }, async (home, stack) => {
  const { program } = stack.use(await bundledCore());
  const { folder } = stack.use(await letterProject());
  return letterRounds(program, folder, home);
});

const hasHardhat = !skipAloud('crashes of Hardhat', await whyNoHardhat());

if (!hasHardhat) {
  test.skip('hardhat: needs its packages', () => expect.unreachable());
} else {
  crashTest({ kind: 'hardhat', engine: 'process', count: rounds(4, 100) }, async (home, stack) => {
    const fixture = stack.use(await copyHardhatFixture('two-ignition'));
    return hardhatRounds(
      {
        ...({ name: 'process', env: { HOME: fixture.home }, withinMs: 5000 } as const),
        leftovers: processLeftovers,
      },
      fixture.project,
      home,
    );
  });
}

const docker = DRYDOCK_CRASH_ENGINE === 'process' ? null : await testDocker();

if (docker && skipAloud('crashes with Docker', docker.missing)) {
  test.skip('docker: needs a daemon', () => expect(docker).toBeNull());
} else if (docker) {
  const { host } = docker;

  crashTest({ kind: 'foundry', engine: 'docker', count: rounds(8, 100) }, async (home, stack) => {
    const { folder } = stack.use(await copyFixture('broken', { git: true, compiled: true }));
    stack.defer(() => removeAll(host, home));
    return foundryRounds(
      {
        ...{ name: 'docker', env: { DOCKER_HOST: host }, withinMs: 2000 },
        ...{ leftovers: dockerLeftovers(host), bare: removeWorkspaces(host) },
      },
      folder,
      home,
    );
  });

  if (hasHardhat) {
    crashTest({ kind: 'hardhat', engine: 'docker', count: rounds(3, 100) }, async (home, stack) => {
      const fixture = stack.use(await copyHardhatFixture('two-ignition', { inContainer: true }));
      stack.defer(() => removeAll(host, home));
      return hardhatRounds(
        {
          ...({ name: 'docker', env: { DOCKER_HOST: host }, withinMs: 6000 } as const),
          ...{ toolEnv: fixture.env, leftovers: dockerLeftovers(host) },
          bare: removeWorkspaces(host),
        },
        fixture.project,
        home,
      );
    });
  }

  crashTest({ kind: 'app', engine: 'docker', count: rounds(6, 100) }, async (home, stack) => {
    const { folder } = stack.use(await appProject());
    stack.defer(() => removeAll(host, home));
    return appRounds(folder, home, host);
  });
}
