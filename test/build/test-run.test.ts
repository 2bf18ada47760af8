import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { isRunning } from '#main/lib/is-running.ts';
import { whyNoPrivateDaemon } from '#test/harness/docker-daemon.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const harness = path.resolve(import.meta.dirname, '../harness');
const testRun = path.resolve(import.meta.dirname, '../../build/lib/test-run.mjs');

interface Started {
  folder: string;
  pids: number[];
}

/** A test run of its own, which says what it has started. */
async function startRun(
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

/** Of a session of its own, with a child, as a chain and a shell are. */
const program = `const child = spawn('sh', ['-c', 'sleep 5000 & wait'], { detached: true, stdio: 'ignore' });
pids.push(child.pid);`;

const isLeft = ({ folder, pids }: Started) => existsSync(folder) || pids.some(isRunning);

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

const noDaemon = skipAloud('the end of a private Docker daemon', whyNoPrivateDaemon());

test.skipIf(noDaemon)(
  'a private Docker daemon ends with the run that was killed',
  async () => {
    await using home = await temporaryFolder();
    const { runner, started } = await startRun(
      home.path,
      `await startPrivateDaemon(folder);
pids.push(Number(readFileSync(folder + '/dockerd.pid', 'utf8')));`,
    );
    expect(started.pids.every(isRunning)).toBe(true);
    runner.kill('SIGKILL');
    await vi.waitUntil(() => !isLeft(started), { timeout: 100_000 });
  },
  150_000,
);
