import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const include = ['test/**/*.test.ts', 'src/**/*.test.ts'];
const exclude = ['test/fixtures/**', 'node_modules/**'];

/** Files that start a Docker daemon, by what they import. */
const withDocker = globSync(include, { exclude })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /from '#test\/harness\/docker[\w-]*\.ts'/.test(readFileSync(file, 'utf8')));

const { DRYDOCK_TEST_LONG, DRYDOCK_TEST_ROUNDS } = process.env;

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
          include: withDocker,
          // Daemons are in each other's way in the firewall of their machine.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
