import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    // Real chains, compilers and databases: a slow machine must not fail a right answer.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files share nothing; much of their time is waiting for chains, compilers and Docker.
    maxWorkers: 2,
    globalSetup: ['test/harness/test-run.ts'],
    setupFiles: ['test/harness/private-home.ts'],
    passWithNoTests: false,
  },
});
