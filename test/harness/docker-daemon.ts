import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pRetry from 'p-retry';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';

const run = promisify(execFile);

/** A daemon of our own, apart from whatever else there is on the machine. */
export interface PrivateDaemon {
  /** As in DOCKER_HOST. */
  host: string;
}

const socketOf = (folder: string) => path.join(folder, 'docker.sock');
const pidFile = (folder: string) => path.join(folder, 'dockerd.pid');

/**
 * Why nothing may be installed on this machine for tests: only on one that is thrown away
 * afterwards, a Debian or an Ubuntu on which we are root. null: it may.
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

/** Why this machine may not be given a Docker of its own; null: it may. */
export function whyNoPrivateDaemon(): string | null {
  if (process.env.DRYDOCK_TEST_DOCKER === 'never') return 'DRYDOCK_TEST_DOCKER says never';
  const why = whyNotInstallable();
  return why && `no Docker daemon answers, and ${why}`;
}

/** Installs what of these is missing. */
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

/** Starts it, or starts it again with everything that it had. Resolves once it answers. */
export async function startPrivateDaemon(
  folder: string,
  { buildKit = false } = {},
): Promise<PrivateDaemon> {
  await installed({ file: '/usr/sbin/dockerd', packaged: 'docker.io' });
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  // After a kill its containerd may not get ready in the time that dockerd gives it.
  return pRetry(() => startOnce(folder, buildKit), { retries: 2 });
}

async function startOnce(folder: string, buildKit: boolean): Promise<PrivateDaemon> {
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
  const daemon = new DockerDaemon({ dockerHost: () => host, changed: () => undefined });
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
    if (await daemon.look()) return { host };
    if (child.exitCode !== null) break;
  }
  const said = readFileSync(path.join(folder, 'dockerd.log'), 'utf8').trim().split('\n').at(-1);
  throw new Error(`dockerd could not be started: ${said}`);
}

/** Ends it as a crash would, with `SIGKILL`, or as the system does. Resolves when it's gone. */
export async function endPrivateDaemon(folder: string, signal: 'SIGTERM' | 'SIGKILL') {
  const pid = pidOf(folder);
  if (pid === undefined) return;
  process.kill(pid, signal);
  for (let left = 600; left > 0 && isAlive(pid); left--) await sleep(50);
}

/** Ends it with every container in it, so that its folder can be deleted. */
export async function stopPrivateDaemon(folder: string): Promise<void> {
  if (!existsSync(path.join(folder, 'data'))) return;
  // One that crashed has left its containers running; starting it again is what takes them in.
  if (pidOf(folder) === undefined) await startPrivateDaemon(folder);
  const daemon = await new DockerDaemon({
    dockerHost: () => `unix://${socketOf(folder)}`,
    changed: () => undefined,
  }).look();
  for (const { Id } of (await daemon?.docker.listContainers({ all: true })) ?? []) {
    await daemon?.docker.getContainer(Id).remove({ force: true, v: true });
  }
  // A network is a bridge of the machine, and would stay.
  await daemon?.docker.pruneNetworks();
  await endPrivateDaemon(folder, 'SIGTERM');
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((mount) => mount.startsWith(`${folder}/`));
  for (const mount of mounts.reverse()) await run('umount', ['-l', mount]).catch(() => undefined);
}

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
