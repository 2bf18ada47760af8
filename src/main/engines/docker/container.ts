import type Docker from 'dockerode';
import { AppError } from '../../shared/errors.ts';
import { unavailable } from './daemon.ts';
import { errorText, ifThere, isLost, statusOf } from './docker-errors.ts';
import { hash, labels } from './labels.ts';
import { removeNameless } from './owned-images.ts';

/** The specification of a container, without its name. */
export type ContainerSpec = Omit<Docker.ContainerCreateOptions, 'name'>;

/** A container that has to be running. */
export interface Wanted {
  name: string;
  spec: ContainerSpec;
  /** What else makes a new container necessary, such as a replaced folder behind a mount. */
  also: string;
  /** Makes what the container needs: its image, its network. */
  prepare: () => Promise<void>;
}

const ATTEMPTS = 4;

/** How long the daemon may take to remove a container. */
export const REMOVAL_MS = 10_000;

/**
 * Returns a running container with that specification: the existing one if it matches, started if
 * it was stopped, otherwise a new one. Rejects with ENGINE_UNAVAILABLE.
 */
export async function ensureContainer(docker: Docker, wanted: Wanted): Promise<Docker.Container> {
  const spec = hash(JSON.stringify(wanted.spec), wanted.also);
  for (let attempt = 1; ; attempt++) {
    const found = await ifThere(docker.getContainer(wanted.name).inspect());
    const same = found?.Config.Labels?.[labels.spec] === spec;
    if (found && same && found.State.Running && !found.State.Paused) {
      return docker.getContainer(found.Id);
    }
    try {
      if (found && same && attempt === 1) return await restart(docker, found);
      if (found) {
        await remove(docker, found.Id);
        await removeNameless(docker, found.Image);
      }
      await wanted.prepare();
      return await create(docker, wanted, spec);
    } catch (error) {
      // Another core was faster, or something was removed between two steps.
      const again = [404, 409].includes(statusOf(error) ?? 0) || (found && same);
      if (again && attempt < ATTEMPTS && !(error instanceof AppError)) continue;
      throw error instanceof AppError ? error : explained(error);
    }
  }
}

async function restart(
  docker: Docker,
  found: Docker.ContainerInspectInfo,
): Promise<Docker.Container> {
  const container = docker.getContainer(found.Id);
  if (found.State.Paused) await container.unpause();
  else await container.start();
  return container;
}

async function create(docker: Docker, wanted: Wanted, spec: string): Promise<Docker.Container> {
  const container = await docker.createContainer({
    ...wanted.spec,
    name: wanted.name,
    Labels: { ...wanted.spec.Labels, [labels.spec]: spec },
  });
  try {
    await container.start();
  } catch (error) {
    await remove(docker, container.id);
    throw error;
  }
  return container;
}

/**
 * Removes a container, running or not, with the volumes that only it has. One that another process
 * or the daemon itself is removing is gone, too, when this resolves, unless that takes very long.
 */
export async function remove(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) === 404) return;
    if (statusOf(error) !== 409) throw error;
    const abortSignal = AbortSignal.timeout(REMOVAL_MS);
    // When this fails, it is gone by now, or the next request tells what is wrong.
    await container.wait({ condition: 'removed', abortSignal }).catch(() => undefined);
  }
}

/** Asks a container's program to end, and ends it after that time; it may have ended, or be gone. */
export async function stop(docker: Docker, id: string, graceMs: number): Promise<void> {
  try {
    await docker.getContainer(id).stop({ t: Math.ceil(graceMs / 1000) });
  } catch (error) {
    // 304: it doesn't run.
    if (![304, 404].includes(statusOf(error) ?? 0)) throw error;
  }
}

/** The daemon's refusal as an error for the user. */
export function explained(error: unknown, deed = 'start a container'): unknown {
  if (isLost(error)) {
    return unavailable('The Docker daemon is no longer available. Start Docker, then try again.');
  }
  if (statusOf(error) === undefined) return error;
  const text = errorText(error);
  const missing = /bind source path does not exist: (.+)$/.exec(text)?.[1];
  if (missing) {
    return unavailable(
      `The Docker daemon can't see ${missing}: it runs on another machine, or doesn't share that folder. Share it (Docker Desktop: Settings, Resources, File sharing), use a daemon on this machine, or run without Docker.`,
    );
  }
  if (/address pool/.test(text)) {
    return unavailable(
      'Docker has no addresses left for another network. Remove those that nothing needs ("drydock container cleanup", "docker network prune"), then try again.',
    );
  }
  return unavailable(`Docker refused to ${deed}: ${text.replace(/\.$/, '')}.`);
}
