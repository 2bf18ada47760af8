import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import pRetry from 'p-retry';
import { AppError } from '../../kit/errors.ts';
import type { ContainerRef, ServiceSpec } from '../engine.ts';
import { explained, remove } from './container.ts';
import type { Daemon } from './daemon.ts';
import { faultText, ifThere, statusOf } from './fault.ts';
import { inside } from './inside.ts';
import { labels, machine, named } from './labels.ts';
import { variables } from './variables.ts';
import { confined, HOME, type Limits, userOf } from './workspace.ts';

/** A removal that is under way is waited for so long. */
const REMOVAL_MS = 10_000;
const PAUSE_MS = 100;

export interface ServiceParts {
  homeId: string;
  dataFolder: string;
  image: string;
  env: Record<string, string>;
  mounts: Docker.MountConfig;
  limits: Limits;
}

/**
 * Becomes the program itself, so that a stop reaches it. Its variables come in a file that only its
 * user can read, and that is gone before it runs: whatever is in a container's own environment or
 * command line, `docker inspect` shows to everybody. Arguments: that file, the log, the program.
 */
const startScript = `
. "$1"; rm -f "$1"; log=$2; shift 2
exec "$@" >>"$log" 2>&1
`;

export const serviceName = (homeId: string, name: string): string => named(homeId, 'chain', name);

/**
 * Starts a service in a container of its own, in place of one with the same name. Its folder is
 * mounted under its own path. Rejects with PORT_TAKEN, ENGINE_UNAVAILABLE.
 */
export async function startService(
  daemon: Daemon,
  spec: ServiceSpec,
  parts: ServiceParts,
): Promise<ContainerRef> {
  const { docker } = daemon;
  const { homeId } = parts;
  const name = serviceName(homeId, spec.name);
  closeSync(openSync(spec.logFile, 'w', 0o600));
  const secrets = path.join(spec.cwd, `.start-${randomUUID()}`);
  await writeFile(secrets, exports(spec.env), { mode: 0o600 });
  const user = userOf(daemon, spec.cwd);
  try {
    const container = await inPlaceOf(docker, name, {
      Image: parts.image,
      Entrypoint: ['/bin/sh', '-c', startScript, 'drydock'],
      Cmd: [
        inside(secrets),
        inside(spec.logFile),
        spec.program,
        ...spec.args.map((a) => inside(a)),
      ],
      WorkingDir: inside(spec.cwd),
      Env: variables(parts.env),
      Labels: {
        [labels.home]: homeId,
        [labels.data]: parts.dataFolder,
        [labels.machine]: machine,
        [labels.kind]: 'chain',
        [labels.name]: spec.name,
        [labels.port]: `${spec.port}`,
        [labels.folder]: spec.cwd,
      },
      ...(user ? { User: user } : {}),
      ExposedPorts: { [`${spec.port}/tcp`]: {} },
      HostConfig: {
        ...confined(daemon, parts.limits),
        PortBindings: { [`${spec.port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: `${spec.port}` }] },
        Mounts: [{ Type: 'bind', Source: spec.cwd, Target: inside(spec.cwd) }, ...parts.mounts],
        Tmpfs: {
          '/tmp': 'rw,exec,nosuid,nodev,mode=1777',
          [HOME]: 'rw,exec,nosuid,nodev,mode=1777',
        },
      },
    });
    try {
      await container.start();
      const { State } = await container.inspect();
      return { container: container.id, startedAt: State.StartedAt };
    } catch (error) {
      await remove(docker, container.id);
      throw error;
    }
  } catch (error) {
    await rm(secrets, { force: true });
    throw portTaken(error, spec) ?? explained(error);
  }
}

/** Somebody else may be removing the one before, which takes its time. */
function inPlaceOf(
  docker: Docker,
  name: string,
  spec: Docker.ContainerCreateOptions,
): Promise<Docker.Container> {
  const attempt = async () => {
    const old = await ifThere(docker.getContainer(name).inspect());
    if (old) await remove(docker, old.Id);
    return docker.createContainer({ ...spec, name });
  };
  return pRetry(attempt, {
    retries: REMOVAL_MS / PAUSE_MS,
    minTimeout: PAUSE_MS,
    factor: 1,
    shouldRetry: ({ error }) => statusOf(error) === 409,
  });
}

/** As lines for a shell. */
function exports(env: Record<string, string>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}

function portTaken(error: unknown, { name, port }: ServiceSpec): AppError | undefined {
  if (statusOf(error) === undefined) return undefined;
  if (
    !/port is already allocated|address already in use|ports are not available/i.test(
      faultText(error),
    )
  ) {
    return undefined;
  }
  return new AppError(
    'PORT_TAKEN',
    `Port ${port} is taken by another program. Stop it, or start ${name} on another port.`,
    { field: 'port' },
  );
}

/** Asks it to end, makes it after `graceMs`, and removes the container with its log. */
export async function stopService(
  docker: Docker,
  ref: ContainerRef,
  graceMs: number,
): Promise<void> {
  const container = docker.getContainer(ref.container);
  try {
    await container.stop({ t: Math.ceil(graceMs / 1000) });
  } catch (error) {
    // 304: it isn't running.
    if (![304, 404].includes(statusOf(error) ?? 0)) throw explained(error, 'stop a container');
  }
  await remove(docker, ref.container);
}

/** Name and port of the container, if that very start of it still runs. */
export async function runningService(
  docker: Docker,
  ref: ContainerRef,
): Promise<{ name: string; port: number } | undefined> {
  const found = await ifThere(docker.getContainer(ref.container).inspect());
  if (!found?.State.Running || found.State.StartedAt !== ref.startedAt) return undefined;
  const name = found.Name.replace(/^\//, '');
  return { name, port: Number(found.Config.Labels[labels.port]) };
}

/** The container of ours, of any data folder, that is published on that port of the host. */
export async function serviceOn(docker: Docker, port: number): Promise<string | undefined> {
  const [found] = await docker.listContainers({
    filters: { label: [`${labels.kind}=chain`, `${labels.port}=${port}`], status: ['running'] },
  });
  return found?.Names[0]?.replace(/^\//, '');
}

/** Any container, ours or not, that is published on that port of the host. */
export async function publishedOn(docker: Docker, port: number): Promise<string | undefined> {
  const found = await docker.listContainers({ filters: { publish: [`${port}`] } });
  return found[0]?.Names[0]?.replace(/^\//, '');
}

/** `Engine.endStrays`. */
export async function endStrays(
  docker: Docker,
  homeId: string,
  folder: string,
  known: () => readonly string[],
): Promise<number> {
  const found = await docker.listContainers({
    all: true,
    filters: { label: [`${labels.kind}=chain`, `${labels.home}=${homeId}`] },
  });
  const strays = found.filter(({ Labels }) => Labels[labels.folder]?.startsWith(folder));
  let ended = 0;
  for (const { Id } of strays) {
    if (known().includes(Id)) continue;
    await remove(docker, Id);
    ended++;
  }
  return ended;
}
