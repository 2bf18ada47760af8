import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning } from '#main/lib/is-running.ts';

const harness = path.resolve(import.meta.dirname, '../harness');
const testRun = path.resolve(import.meta.dirname, '../../build/lib/test-run.mjs');

export interface Started {
  folder: string;
  pids: number[];
}

/** A test run of its own, which says what it has started. */
export async function startRun(
  home: string,
  body: string,
): Promise<{ runner: ChildProcess; started: Started }> {
  const script = path.join(home, 'runner.mts');
  writeFileSync(
    script,
    `import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beginTestRun } from ${JSON.stringify(testRun)};
import { startPrivateDaemon } from ${JSON.stringify(path.join(harness, 'docker-daemon.ts'))};
const end = beginTestRun();
const folder = process.env.DRYDOCK_TEST_RUN;
const pids = [];
${body}
process.stdout.write(JSON.stringify({ folder, pids }));
process.stdin.once('data', async () => { await end(); process.exit(); });`,
  );
  const { DRYDOCK_TEST_RUN, ...env } = process.env;
  const runner = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', script], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await once(runner.stdout as NonNullable<typeof runner.stdout>, 'data');
  return { runner, started: JSON.parse(String(said)) };
}

export const isLeft = ({ folder, pids }: Started) => existsSync(folder) || pids.some(isRunning);
