import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import WebSocket from 'ws';
import { readDiscoveryFile } from '#main/doors/host/discovery-file.ts';
import { appRoot } from '#main/lib/app-root.ts';
import type { Client } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { timed } from './samples.ts';

const run = promisify(execFile);
/** Times a process of Node that does nothing. */
const MOST_READY = 3;
const MOST_COMMAND = 2.5;
const MOST_IDLE_PERCENT = 1;

export const program = (name: string): string => path.join(appRoot(), 'out', 'main', name);

/**
 * The built product in processes of its own: how long until it's ready, and what it costs to leave
 * it open with a running chain and a window that looks at it.
 */
export async function builtHost(rounds: number, idleSeconds: number): Promise<Figure[]> {
  await using home = await temporaryFolder();
  const env = { ...process.env, DRYDOCK_HOME: home.path };
  const drydock = async (...args: string[]) =>
    JSON.parse(
      (await run(process.execPath, [program('cli.js'), ...args, '--json'], { env })).stdout,
    );

  const port = `${await freePort()}`;
  await drydock('network', 'add', 'bench', '--kind', 'local', '--port', port);
  await drydock('chain', 'start', 'bench');
  try {
    const ready: number[] = [];
    const answering: number[] = [];
    const listing: number[] = [];
    const beside: number[] = [];
    const nothing: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ready.push(await timeToReady(env));
      answering.push(await timeToAnswer(env));
      beside.push(await besideHost(env, () => timed(() => drydock('project', 'list'))));
      listing.push(await timed(() => drydock('project', 'list')));
      nothing.push(await timed(() => run(process.execPath, ['-e', ''], { env })));
    }
    return [
      ratioFigure('host ready, from process start to its address; `node -e ""`', MOST_READY, {
        ours: ready,
        bare: nothing,
      }),
      ratioFigure('core ready, from process start to the list of projects', null, {
        ours: answering,
        bare: nothing,
      }),
      ratioFigure('`drydock project list --json`, whole process; `node -e ""`', MOST_COMMAND, {
        ours: listing,
        bare: nothing,
      }),
      ratioFigure('the same beside a host that runs', MOST_COMMAND, {
        ours: beside,
        bare: nothing,
      }),
      plainFigure(
        `idle CPU, one running chain, over ${idleSeconds} s`,
        await idleCpu(env, home.path, idleSeconds),
        '%',
        MOST_IDLE_PERCENT,
      ),
    ];
  } finally {
    await drydock('chain', 'stop', 'bench');
  }
}

/** Resolves when it has said its address, which the text ends with. */
export async function startHostProcess(
  env: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [program('host.js'), '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function timeToReady(env: NodeJS.ProcessEnv): Promise<number> {
  const before = performance.now();
  const { child } = await startHostProcess(env);
  const ms = performance.now() - before;
  await stopProcess(child);
  return ms;
}

/** Until the first answer that needs the database and the features behind it. */
async function timeToAnswer(env: NodeJS.ProcessEnv): Promise<number> {
  const before = performance.now();
  const { child, said } = await startHostProcess(env);
  try {
    const { origin, searchParams } = new URL(said.slice(said.lastIndexOf(' ') + 1));
    const headers = { authorization: `Bearer ${searchParams.get('token')}` };
    const answer = await fetch(`${origin}/api/projects`, { headers });
    if (!answer.ok) throw new Error(`the list of projects: ${answer.status}`);
    await answer.json();
    return performance.now() - before;
  } finally {
    await stopProcess(child);
  }
}

async function besideHost<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const { child } = await startHostProcess(env);
  try {
    return await work();
  } finally {
    await stopProcess(child);
  }
}

/** Percent of one CPU. */
async function idleCpu(env: NodeJS.ProcessEnv, home: string, seconds: number): Promise<number> {
  const { child } = await startHostProcess(env);
  try {
    const pid = child.pid as number;
    const close = await lookOn(home);
    await sleep(2000);
    const before = await cpuMs(pid);
    await sleep(seconds * 1000);
    const used = (await cpuMs(pid)) - before;
    close();
    return used / (seconds * 10);
  } finally {
    await stopProcess(child);
  }
}

/** Holds the streams that an open window holds. */
export async function lookOn(home: string): Promise<() => void> {
  const beacon = await readDiscoveryFile(home);
  if (!beacon) throw new Error('the host has no beacon');
  const socket = new WebSocket(`${beacon.url.replace('http', 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${beacon.token}` },
  });
  await once(socket, 'open');
  const client = createORPCClient<Client>(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  const read = async (stream: Promise<AsyncIterable<unknown>>) => {
    for await (const _ of await stream);
  };
  void read(client.app.changes()).catch(() => undefined);
  void read(client.chains.watch({ chain: 'bench' })).catch(() => undefined);
  return () => socket.terminate();
}

/** CPU time that a process has used, in ms. */
async function cpuMs(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    // proc(5): fields 14 and 15, in ticks, of which Linux shows 100 a second.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }
  const { stdout } = await run('ps', ['-o', 'time=', '-p', `${pid}`]);
  return (
    stdout
      .trim()
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
  );
}
