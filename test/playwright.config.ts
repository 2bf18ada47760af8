import { defineConfig } from '@playwright/test';
import type { Variant } from './electron/shell.ts';
import './harness/no-docker.ts';

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig<{ variant: Variant }>({
  testDir: '.',
  projects: [
    { name: 'browser', testMatch: ['doors/**/*.spec.ts', 'e2e/**/*.spec.ts'] },
    { name: 'stand-in', testMatch: 'electron/**/*.spec.ts', use: { variant: 'stand-in' } },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', use: { variant: 'electron' } },
  ],
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 1,
  // By hand, a test that passes at the second attempt is one that fails. On a shared machine one
  // more try tells a slow minute from a wrong answer.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
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
