import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import pRetry from 'p-retry';
import { isOfOther, ownMark } from '../../lib/process-mark.ts';
import { endOfCode, type ProcessEnd } from '../../lib/processes/process-end.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContainerRef } from '../engine.ts';
import type { ServiceSpec } from '../services.ts';
import { explained, REMOVAL_MS, remove, stop } from './container.ts';
import type { Daemon } from './daemon.ts';
import { errorText, ifThere, statusOf } from './docker-errors.ts';
import { homeId, labels } from './labels.ts';
import { connect, ensureNetwork, serviceNetwork, upstreamNetwork } from './network.ts';
import { type ReachedService, reachedService } from './reached-service.ts';
import { putSecrets } from './secret-files.ts';
import { type ServiceDependencies, serviceContainer, serviceName } from './service-container.ts';

/** How long to wait for a pending removal. */
const PAUSE_MS = 100;

/**
 * Starts a service in a container of its own, replacing one with the same name. Returns the
 * container's id. Rejects with PORT_TAKEN, ENGINE_UNAVAILABLE.
 *
 * @param image an image that the daemon has
 */
export async function startService(
  daemon: Daemon,
  spec: ServiceSpec,
  image: string,
  deps: ServiceDependencies,
): Promise<string> {
  const { docker } = daemon;
  const { folder } = spec;
  let secrets: string | undefined;
  if (folder) {
    closeSync(openSync(folder.logFile, 'w', 0o600));
    secrets = path.join(folder.path, `.start-${randomUUID()}`);
    await writeFile(secrets, exports(folder.env), { mode: 0o600 });
  }
  try {
    const { Config } = await docker.getImage(image).inspect();
    await ensureNetwork(docker, serviceNetwork(deps.dataFolder, spec.use, spec.name));
    const about = { reference: image, user: Config.User };
    const labelled = { ...spec, labels: { ...spec.labels, [labels.starter]: await ownMark() } };
    const options = serviceContainer(daemon, labelled, deps, about, secrets);
    const container = await inPlaceOf(docker, options);
    try {
      await joinUpstream(docker, container.id, spec, deps.dataFolder);
      if (spec.secrets) await putSecrets(container, spec.secrets);
      await container.start();
      return container.id;
    } catch (error) {
      await remove(docker, container.id);
      throw error;
    }
  } catch (error) {
    if (secrets) await rm(secrets, { force: true });
    throw portTaken(error, spec) ?? explained(error);
  }
}

/**
 * Connects a service with the chain in a container that it needs, and a chain with the services
 * that need it.
 */
async function joinUpstream(
  docker: Docker,
  container: string,
  { name, use, reaches }: ServiceSpec,
  dataFolder: string,
): Promise<void> {
  const upstream = reaches && new URL(reaches).hostname;
  const found = upstream?.startsWith('drydock-')
    ? await ifThere(docker.getContainer(upstream).inspect())
    : undefined;
  if (upstream && found) {
    const between = upstreamNetwork(dataFolder, use, name, upstream);
    await ensureNetwork(docker, between);
    for (const one of [found.Id, container]) await connect(docker, between.name, one);
  }
  const label = [`${labels.upstream}=${serviceName(homeId(dataFolder), use, name)}`];
  for (const { Id } of await docker.listNetworks({ filters: { label } })) {
    await connect(docker, Id, container);
  }
}

/** Another process may be removing the previous container, which takes a while. */
function inPlaceOf(
  docker: Docker,
  options: Docker.ContainerCreateOptions,
): Promise<Docker.Container> {
  const attempt = async () => {
    const old = await ifThere(docker.getContainer(options.name ?? '').inspect());
    if (old) await remove(docker, old.Id);
    return docker.createContainer(options);
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

function portTaken(error: unknown, { name, ports }: ServiceSpec): AppError | undefined {
  if (statusOf(error) === undefined) return undefined;
  const said = errorText(error);
  if (!/port is already allocated|address already in use|ports are not available/i.test(said)) {
    return undefined;
  }
  const fixed = ports.flatMap(({ host }) => (typeof host === 'number' ? host : []));
  const port = fixed.find((one) => said.includes(`:${one}`)) ?? fixed[0];
  if (port === undefined) return undefined;
  return new AppError(
    'PORT_TAKEN',
    `Port ${port} is taken by another program. Stop it, or start ${name} on another port.`,
    { field: 'port' },
  );
}

/** Asks it to end, kills it after `graceMs`, and removes the container with its log. */
export async function stopService(
  docker: Docker,
  ref: ContainerRef,
  graceMs: number,
): Promise<void> {
  await stop(docker, ref.container, graceMs).catch((error: unknown) => {
    throw explained(error, 'stop a container');
  });
  await remove(docker, ref.container);
}

/** How containers reach the service, if that same start of it is still running. */
export async function runningService(
  docker: Docker,
  ref: ContainerRef,
): Promise<ReachedService | undefined> {
  const found = await ifThere(docker.getContainer(ref.container).inspect());
  if (!found?.State.Running || found.State.StartedAt !== ref.startedAt) return undefined;
  return reachedService(found);
}

/** How that same start of it has ended; null: it runs, or its container is another one by now. */
export async function endOfService(docker: Docker, ref: ContainerRef): Promise<ProcessEnd | null> {
  const found = await ifThere(docker.getContainer(ref.container).inspect());
  if (!found || found.State.Running || found.State.StartedAt !== ref.startedAt) return null;
  return endOfCode(found.State.ExitCode, found.State.OOMKilled);
}

export async function isPaused(docker: Docker, ref: ContainerRef): Promise<boolean> {
  const found = await ifThere(docker.getContainer(ref.container).inspect());
  return found?.State.Paused ?? false;
}

/** Any container that is published on that port of the host. */
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
  for (const { Id, Labels } of strays) {
    if (known().includes(Id) || (await isAboutToBeRecorded(Labels[labels.starter]))) continue;
    await remove(docker, Id);
    ended++;
  }
  return ended;
}

/** Another core that lives ends by itself what it doesn't record. */
const isAboutToBeRecorded = async (starter: string | undefined): Promise<boolean> =>
  starter !== undefined && (await isOfOther(starter));
