import { defineConfig } from '@playwright/test';
import type { Variant } from './electron/shell.ts';
import './harness/no-docker.ts';

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig<{ variant: Variant }>({
  testDir: '.',
  globalSetup: './harness/test-run.ts',
  projects: [
    { name: 'browser', testMatch: ['doors/**/*.spec.ts', 'e2e/**/*.spec.ts'] },
    { name: 'stand-in', testMatch: 'electron/**/*.spec.ts', use: { variant: 'stand-in' } },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', use: { variant: 'electron' } },
  ],
  outputDir: '../test-results',
  fullyParallel: false,
  // Specs share nothing; much of their time is waiting.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 300_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium has no sandbox for root, and containers give it little shared memory.
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : [],
    },
  },
});
