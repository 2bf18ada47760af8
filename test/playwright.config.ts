import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { Variant } from './electron/shell.ts';
import './harness/code-cache.ts';
import './harness/no-docker.ts';

const executablePath = process.env.CHROMIUM_PATH;

const inBrowser = ['doors/**/*.spec.ts', 'e2e/**/*.spec.ts'];

/** Specs that use a Docker daemon, by what they import. */
const withDocker = globSync(inBrowser, { cwd: import.meta.dirname })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) =>
    /from '\.\.\/harness\/docker[\w-]*\.ts'/.test(
      readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
    ),
  );

export default defineConfig<{ variant: Variant }>({
  testDir: '.',
  globalSetup: './harness/test-run.ts',
  projects: [
    { name: 'browser', testMatch: inBrowser, testIgnore: withDocker.map((file) => `**/${file}`) },
    // They share a daemon, which some of them end.
    { name: 'docker', testMatch: withDocker.map((file) => `**/${file}`), workers: 1 },
    { name: 'stand-in', testMatch: 'electron/**/*.spec.ts', use: { variant: 'stand-in' } },
    // Asked for by name alone: what it makes is for the README.
    { name: 'pictures', testMatch: 'pictures/**/*.spec.ts' },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', use: { variant: 'electron' } },
  ],
  outputDir: '../test-results',
  fullyParallel: false,
  // Specs share nothing; much of their time is waiting.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 300_000,
  globalTimeout: 75 * 60_000,
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    // A tenth of all CPU time, so only where somebody looks at it: DRYDOCK_TEST_TRACE=1.
    trace: process.env.DRYDOCK_TEST_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium has no sandbox for root, and containers give it little shared memory.
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : [],
    },
  },
});
