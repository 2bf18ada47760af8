import { expect, test } from 'vitest';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { dockerLeftovers, processLeftovers, removeWorkspaces } from './leftovers.ts';
import { type CrashEngine, crashRounds } from './rounds.ts';

/** In a test run; `npm run crash -- --rounds 500 --seed 7 --engine docker` for any number. */
const usual = { process: 25, docker: 10 };
const seed = Number(process.env.DRYDOCK_CRASH_SEED ?? Date.now() % 1_000_000);
const asked = process.env.DRYDOCK_CRASH_ENGINE;

function crashTest(engine: CrashEngine, cleanUp = async (_home: string) => {}): void {
  const rounds = Number(process.env.DRYDOCK_CRASH_ROUNDS ?? usual[engine.name]);
  test(
    `${engine.name}: after a kill at any instant nothing is stuck, lost or left running (seed ${seed})`,
    async () => {
      await using home = await temporaryFolder();
      await using fixture = await copyFixture('broken', { git: true });
      const seen: number[] = [];
      try {
        await crashRounds({
          home: home.path,
          project: fixture.folder,
          script: 'script/Many.s.sol',
          sig: 'run(uint256)',
          args: ['40'],
          rounds,
          seed,
          engine,
          onRound: (round) => seen.push(round),
        });
      } finally {
        await cleanUp(home.path);
      }
      expect(seen).toHaveLength(rounds);
    },
    120_000 + rounds * 20_000,
  );
}

if (asked !== 'docker') {
  crashTest({ name: 'process', env: {}, withinMs: 900, leftovers: processLeftovers });
}

if (asked !== 'process') {
  const docker = await testDocker();
  if (skipAloud('crashes with Docker', docker.missing)) {
    test.skip('docker: needs a daemon', () => expect(docker).toBeNull());
  } else {
    crashTest(
      {
        name: 'docker',
        env: { DOCKER_HOST: docker.host },
        withinMs: 2000,
        leftovers: dockerLeftovers(docker.host),
        bare: removeWorkspaces(docker.host),
      },
      (home) => removeAll(docker.host, home),
    );
  }
}
