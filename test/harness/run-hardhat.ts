import { execFile } from 'node:child_process';
import path from 'node:path';
import type { HardhatFixture } from './hardhat-fixture.ts';

/**
 * Runs the tool of a fixture by itself, without Drydock and without a network.
 *
 * @param url of the chain that its `localhost` is
 */
export function runHardhat(
  { folder, project, home }: HardhatFixture,
  args: string[],
  url = 'http://127.0.0.1:9',
): Promise<{ output: string; failed: boolean }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(folder, 'node_modules/.bin/hardhat'), ...args],
      {
        cwd: project,
        env: {
          PATH: process.env.PATH,
          HOME: home,
          RPC_URL: url,
          HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
          // No way out: what isn't seeded must not be fetched.
          HTTPS_PROXY: 'http://127.0.0.1:9',
          HTTP_PROXY: 'http://127.0.0.1:9',
          NO_PROXY: '127.0.0.1',
        },
      },
      (error, stdout, stderr) => resolve({ output: stdout + stderr, failed: error !== null }),
    );
  });
}
