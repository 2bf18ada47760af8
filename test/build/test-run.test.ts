import type { ChildProcess } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { isLeft, startRun } from './started-run.ts';

/** Of a session of its own, with a child, as a chain and a shell are. */
const program = `const child = spawn('sh', ['-c', 'sleep 5000 & wait'], { detached: true, stdio: 'ignore' });
pids.push(child.pid);`;

const ways: { how: string; end: (runner: ChildProcess) => unknown }[] = [
  { how: 'it ends by itself', end: (runner) => runner.stdin?.write('end') },
  ...(['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal) => ({
    how: `its first process is ended with ${signal}`,
    end: (runner: ChildProcess) => runner.kill(signal),
  })),
];

test.each(ways)('nothing that a test run started is left when $how', async ({ end }) => {
  await using home = await temporaryFolder();
  const { runner, started } = await startRun(home.path, program);
  expect(isLeft(started)).toBe(true);
  end(runner);
  await vi.waitUntil(() => !isLeft(started), { timeout: 50_000 });
});
