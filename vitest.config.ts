import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const include = ['test/**/*.test.ts', 'src/**/*.test.ts'];
const exclude = ['test/fixtures/**', 'node_modules/**'];

/** Files that start a Docker daemon, by what they import. */
const withDocker = globSync(include, { exclude })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /from '#test\/harness\/docker[\w-]*\.ts'/.test(readFileSync(file, 'utf8')));

const { DRYDOCK_TEST_ALL, DRYDOCK_TEST_LONG, DRYDOCK_TEST_ROUNDS } = process.env;

/**
 * What is shown without Docker by the same tests, and in Docker by others as well: only with
 * DRYDOCK_TEST_ALL=1, as in `npm run test:long`.
 */
const longInDocker = DRYDOCK_TEST_ALL
  ? []
  : [
      ...['contract/fuzz', 'crash/crash', 'features/gateway-random'],
      ...['features/hardhat-bad-input', 'features/hardhat-packages', 'features/compile-cache'],
      ...['features/own-mnemonic', 'features/shown-addresses', 'features/state-diff'],
      ...['features/upgrade-step', 'features/fork-headers', 'doors/simple'],
    ].map((name) => `test/${name}-in-docker.test.ts`);

export default defineConfig({
  test: {
    // Real chains, compilers and databases: a slow machine must not fail a right answer.
    // Random tests are as long as they are asked to be.
    testTimeout: DRYDOCK_TEST_LONG || DRYDOCK_TEST_ROUNDS ? 3 * 3_600_000 : 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Of tests that run at once: they wait for tools that try again for seconds.
    maxConcurrency: 8,
    globalSetup: ['test/harness/test-run.ts'],
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ['test/harness/private-home.ts', 'test/harness/patience.ts'],
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'parallel',
          include,
          exclude: [...exclude, ...withDocker],
          // Files share nothing; much of their time is waiting for chains and compilers.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'docker',
          include: withDocker.filter((file) => !longInDocker.includes(file)),
          // Daemons are in each other's way in the firewall of their machine.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
