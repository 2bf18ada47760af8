import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    // Real chains, compilers and databases: a slow machine must not fail a right answer.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    globalSetup: ['test/harness/test-run.ts'],
    setupFiles: ['test/harness/private-home.ts'],
    passWithNoTests: false,
  },
});
