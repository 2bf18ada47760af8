import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { type Figure, plainFigure } from './figure.ts';
import { lookOn, program, startHostProcess, stopProcess } from './host.ts';

const run = promisify(execFile);

/** The memory that a host takes which nobody uses, with a running chain and a window that looks at it. */
export async function idleMemory(minutes: number): Promise<Figure[]> {
  await using home = await temporaryFolder();
  const env = { ...process.env, DRYDOCK_HOME: home.path };
  const drydock = (...args: string[]) =>
    run(process.execPath, [program('cli.js'), ...args], { env });
  await drydock('network', 'add', 'bench', '--kind', 'local', '--port', `${await freePort()}`);
  await drydock('chain', 'start', 'bench');
  try {
    const { child } = await startHostProcess(env);
    try {
      const pid = child.pid as number;
      const close = await lookOn(home.path);
      await sleep(2000);
      const atFirst = await residentMb(pid);
      await sleep(minutes * 60_000);
      const then = await residentMb(pid);
      close();
      const after = minutes === 1 ? 'a minute' : `${minutes} minutes`;
      return [
        plainFigure(`memory of a host that idles, after ${after}`, then, 'MB', null, { atFirst }),
        plainFigure('… more than when it was ready', then - atFirst, 'MB', null),
      ];
    } finally {
      await stopProcess(child);
    }
  } finally {
    await drydock('chain', 'stop', 'bench');
  }
}

async function residentMb(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    // proc(5): in kB.
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', `${pid}`]);
  return Number(stdout) / 1024;
}
