import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { installed, whyNotInstallable } from './docker-daemon.ts';
import { temporaryFolder } from './folder.ts';
import { freePort } from './ports.ts';

const PROGRAM = '/usr/bin/redis-server';

/** Why there is no Redis to test with; null: there is one, installed now if needed. */
export async function whyNoRedis(): Promise<string | null> {
  if (program()) return null;
  const why = whyNotInstallable();
  if (why) return `no redis-server is installed, and ${why}`;
  try {
    await installed({ file: PROGRAM, packaged: 'redis-server' });
    return null;
  } catch (error) {
    return `redis-server can't be installed: ${(error as Error).message.split('\n')[0]}`;
  }
}

function program(): string | undefined {
  if (existsSync(PROGRAM)) return PROGRAM;
  try {
    return execFileSync('sh', ['-c', 'command -v redis-server'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return undefined;
  }
}

export interface TestRedis extends AsyncDisposable {
  /** With its password, as in REDIS_URL. */
  url: string;
  password: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Keeps its connections open, but responds to nothing. */
  pause(): void;
  resume(): void;
}

/** A private Redis on a free port, which stores nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await temporaryFolder();
  const password = 'a-password-of-redis';
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(
      program() as string,
      [
        ...['--port', `${port}`, '--bind', '127.0.0.1', '--requirepass', password],
        ...['--dir', folder.path, '--save', '', '--appendonly', 'no'],
      ],
      { stdio: 'ignore' },
    );
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
      if (await answers(port)) return;
      await sleep(25);
    }
    throw new Error('redis-server did not start');
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    password,
    kill,
    start,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
