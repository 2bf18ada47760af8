import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import pRetry from 'p-retry';
import { remove } from '#main/engines/docker/container.ts';
import { holdFirewall } from './docker-firewall.ts';

const run = promisify(execFile);

/** A private daemon, separate from any other on the machine. */
export interface PrivateDaemon {
  /** As in DOCKER_HOST. */
  host: string;
}

const socketOf = (folder: string) => path.join(folder, 'docker.sock');
const pidFile = (folder: string) => path.join(folder, 'dockerd.pid');

/**
 * Why nothing may be installed on this machine for tests: that is only done as root on a disposable
 * Debian or Ubuntu. null: it may.
 */
export function whyNotInstallable(): string | null {
  if (process.platform !== 'linux') return 'nothing is installed here for tests';
  const disposable =
    process.env.CI === 'true' ||
    process.env.container !== undefined ||
    existsSync('/.dockerenv') ||
    existsSync('/run/.containerenv');
  if (!disposable) return 'this machine is not one to install it on';
  if (process.getuid?.() !== 0) return 'only root can install it';
  return existsSync('/usr/bin/apt-get') ? null : 'there is no apt';
}

/** Why no private Docker may be set up on this machine; null: it may. */
export function whyNoPrivateDaemon(): string | null {
  if (process.env.DRYDOCK_TEST_DOCKER === 'never') return 'DRYDOCK_TEST_DOCKER says never';
  const why = whyNotInstallable();
  return why && `no Docker daemon answers, and ${why}`;
}

/** Installs the missing ones of these. */
export async function installed(...programs: { file: string; packaged: string }[]): Promise<void> {
  const missing = programs.filter(({ file }) => !existsSync(file)).map(({ packaged }) => packaged);
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-qy', '--no-install-recommends', ...missing], {
    env,
    maxBuffer: 2 ** 26,
  });
}

/** Starts it, or restarts it with everything that it had. Resolves once it responds. */
export async function startPrivateDaemon(
  folder: string,
  { buildKit = false } = {},
): Promise<PrivateDaemon> {
  await installed({ file: '/usr/sbin/dockerd', packaged: 'docker.io' });
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  // After a kill, its containerd may take longer to start than dockerd waits for.
  return pRetry(() => startOnce(folder, buildKit), { retries: 2 });
}

async function startOnce(folder: string, buildKit: boolean): Promise<PrivateDaemon> {
  await using _ = await holdFirewall();
  const host = `unix://${socketOf(folder)}`;
  const config = path.join(folder, 'dockerd.json');
  if (buildKit) writeFileSync(config, JSON.stringify({ features: { buildkit: true } }));
  const log = openSync(path.join(folder, 'dockerd.log'), 'a');
  const child = spawn(
    '/usr/sbin/dockerd',
    [
      ...['--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')],
      ...['-H', host, '--pidfile', pidFile(folder)],
      ...(existsSync(config) ? ['--config-file', config] : []),
    ],
    { stdio: ['ignore', log, log], detached: true },
  );
  child.unref();
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
    if (await responds(folder)) return { host };
    if (child.exitCode !== null) break;
  }
  const said = readFileSync(path.join(folder, 'dockerd.log'), 'utf8').trim().split('\n').at(-1);
  throw new Error(`dockerd could not be started: ${said}`);
}

/** Ends it as a crash would, with `SIGKILL`, or as the system does. Resolves when it has ended. */
export async function endPrivateDaemon(folder: string, signal: 'SIGTERM' | 'SIGKILL') {
  const pid = pidOf(folder);
  if (pid === undefined) return;
  process.kill(pid, signal);
  for (let left = 600; left > 0 && isAlive(pid); left--) await sleep(50);
}

/** Ends it with every container in it, so that its folder can be deleted. */
export async function stopPrivateDaemon(folder: string): Promise<void> {
  if (!existsSync(path.join(folder, 'data'))) return;
  // A crashed daemon leaves its containers running; a restart adopts them.
  if (pidOf(folder) === undefined) await startPrivateDaemon(folder);
  if (await responds(folder)) {
    const docker = clientOf(folder);
    for (const { Id } of await docker.listContainers({ all: true })) {
      await remove(docker, Id);
    }
    // A network is a bridge of the machine, and would stay.
    await docker.pruneNetworks();
  }
  await endPrivateDaemon(folder, 'SIGTERM');
  await unmountBelow(folder);
}

export async function unmountBelow(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((mount) => mount.startsWith(`${folder}/`));
  for (const mount of mounts.reverse()) await run('umount', ['-l', mount]).catch(() => undefined);
}

const clientOf = (folder: string, timeout?: number) =>
  new Docker({ socketPath: socketOf(folder), timeout });

const responds = (folder: string): Promise<boolean> =>
  clientOf(folder, 5000)
    .ping()
    .then(
      () => true,
      () => false,
    );

function pidOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile(folder), 'utf8'));
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
