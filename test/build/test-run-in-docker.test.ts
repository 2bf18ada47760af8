import { expect, test, vi } from 'vitest';
import { isRunning } from '#main/lib/is-running.ts';
import { whyNoPrivateDaemon } from '#test/harness/docker-daemon.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { isLeft, startRun } from './started-run.ts';

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
