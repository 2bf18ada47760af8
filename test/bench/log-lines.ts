import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startHost } from '#main/doors/host/start-host.ts';
import { findTool } from '#main/engines/process/tools.ts';
import { anvil } from '#main/targets/chain/anvil.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { openCore } from './core.ts';
import { type Figure, plainFigure } from './figure.ts';
import type { Followed } from './follower.ts';

const MOST_DELAY_MS = 50;
const MB = 1024 * 1024;

/**
 * A deployment whose tool says a line a million times, as fast as it can: through a pipe into the
 * journal, and out of a host to a follower in a process of its own. The delay of the event loop is
 * that of this process, which is the core.
 */
export async function logLines(lines: number): Promise<Figure[]> {
  await using tools = await temporaryFolder();
  await using core = await openCore();
  await using project = await copyFixture('token-vault');
  const { client, chain, app } = core;
  await putTools(tools.path, lines);
  await client.settings.set({ foundryPath: tools.path });
  await client.chains.start({ chain });
  const { id: projectId } = await client.projects.add({ path: project.folder });

  const host = await startHost(app, { port: 0 });
  const follower = fork(process.argv[1] as string, ['--follower'], {
    env: { ...process.env, BENCH_URL: host.url, BENCH_TOKEN: host.token },
  });
  try {
    await once(follower, 'message');
    const memoryBefore = process.memoryUsage.rss();
    let memoryPeak = memoryBefore;
    const memory = setInterval(() => {
      memoryPeak = Math.max(memoryPeak, process.memoryUsage.rss());
    }, 50);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const before = performance.now();
    const { id } = await client.deployments.start({ project: projectId, target: chain });
    follower.send(id);
    const followed = await answer(follower);
    const seconds = (performance.now() - before) / 1000;
    delay.disable();
    clearInterval(memory);
    const ms = (nanoseconds: number) => nanoseconds / 1e6;
    return [
      {
        name: `${lines.toLocaleString('en')} log lines: lost or out of order`,
        target: '0',
        measured: `${(lines - followed.lines + followed.misplaced).toLocaleString('en')}`,
        met: followed.lines === lines && followed.misplaced === 0,
        details: { lines: followed.lines, misplaced: followed.misplaced, events: followed.events },
      },
      plainFigure('… event-loop delay p99', ms(delay.percentile(99)), 'ms', MOST_DELAY_MS, {
        mean: ms(delay.mean),
        p50: ms(delay.percentile(50)),
        p999: ms(delay.percentile(99.9)),
        max: ms(delay.max),
      }),
      plainFigure('… lines a second, end to end', lines / seconds, '', null, { seconds }),
      plainFigure('… memory growth at its peak', (memoryPeak - memoryBefore) / MB, 'MB', null, {
        beforeMB: memoryBefore / MB,
        followerPeakMB: followed.memoryPeak / MB,
      }),
    ];
  } finally {
    if (follower.exitCode === null) {
      follower.kill();
      await once(follower, 'exit');
    }
    await host.close();
  }
}

/** The folder of a Foundry whose forge only talks. */
export async function putTools(folder: string, lines: number): Promise<void> {
  await putForge(
    folder,
    `#!/bin/sh\nexec seq -f '%.0f: compiling contracts/token/ERC20/ERC20.sol, about a line long' 1 ${lines}\n`,
  );
}

/** The same with a forge of the caller's own. */
export async function putForge(folder: string, script: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await symlink(findTool(anvil).path, path.join(folder, 'anvil'));
  const forge = path.join(folder, 'forge');
  await writeFile(forge, script);
  await chmod(forge, 0o755);
}

async function answer(follower: ChildProcess): Promise<Followed> {
  const ended = once(follower, 'exit').then(([code]) => {
    throw new Error(`the follower ended with ${code}`);
  });
  const [followed] = await Promise.race([once(follower, 'message'), ended]);
  ended.catch(() => undefined);
  return followed as Followed;
}
