import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    // Real chains, compilers and databases: a slow machine must not fail a right answer.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    globalSetup: ['test/harness/docker-setup.ts'],
    setupFiles: ['test/harness/private-home.ts'],
    passWithNoTests: false,
  },
});
