import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    // Real chains, compilers and databases: a slow machine must not fail a right answer.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // On a shared machine, one more try tells a slow minute from a wrong answer.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    globalSetup: ['test/harness/docker-setup.ts'],
    setupFiles: ['test/harness/private-home.ts'],
    passWithNoTests: false,
  },
});
