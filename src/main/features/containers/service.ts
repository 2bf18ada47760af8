import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type {
  Containers,
  LogOptions,
  OurContainer,
  OurNetwork,
  OurVolume,
  Usage,
} from '../../engines/containers.ts';
import type { Mask } from '../../lib/secrets/mask.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { Cleaned, Container, ContainerStats } from './contract.ts';
import { fileLog } from './file-log.ts';
import { Health } from './health.ts';

const SAMPLE_EVERY_MS = 1000;
/** Between the two samples that make the first value. */
const FIRST_MS = 500;
/** A chain is recorded a moment after its container was made: a younger one is no orphan yet. */
const YOUNG_MS = 60_000;

export interface ContainersDependencies {
  dataFolder: string;
  containers: Containers;
  changed: (change: Change) => void;
  project: (id: number) => { id: number; name: string } | undefined;
  /** The container that each chain of this data folder runs in (null: in none), and its address. */
  chains: () => { name: string; container: string | null; url: string | null }[];
  /** The run that is under way in a project's workspace, e.g. `vault #3`. */
  runIn: (project: number) => string | undefined;
  stopChain: (name: string) => Promise<unknown>;
  /** Where the program of a chain writes. */
  chainLog: (name: string) => string;
  /** Hides what programs in containers may repeat. */
  mask: () => Mask;
}

/** What belongs to Drydock in Docker. */
export function containersService(deps: ContainersDependencies) {
  const { dataFolder, containers } = deps;
  const health = new Health(
    containers.accepts,
    (id) => deps.chains().find(({ container }) => container === id)?.url ?? null,
  );
  const tell = () => deps.changed({ topic: 'containers' });

  const isOwn = (one: { here: boolean; dataFolder: string | null }): boolean =>
    one.here && one.dataFolder === dataFolder;

  function orphanOf(one: OurContainer): string | null {
    if (isGone(one)) return goneFolder(one.dataFolder);
    if (!isOwn(one)) return null;
    if (one.kind !== 'chain') {
      const project = one.kind === 'workspace' ? Number(one.subject) : one.project;
      return project === null || deps.project(project) ? null : 'Its project was removed.';
    }
    const known = deps.chains().find((chain) => chain.name === one.subject);
    if (known?.container === one.id || Date.now() - one.createdAt < YOUNG_MS) return null;
    return known ? `The chain ${one.subject} no longer runs in it.` : 'Its network was removed.';
  }

  function leftVolume(one: OurVolume): string | null {
    if (isGone(one)) return goneFolder(one.dataFolder);
    if (!isOwn(one) || one.used > 0) return null;
    if (one.project === null) return 'Each project has one of its own now.';
    return deps.project(one.project) ? null : 'Its project was removed.';
  }

  function leftNetwork(one: OurNetwork, all: OurContainer[]): string | null {
    const { here, dataFolder: folder, use, subject, used } = one;
    if (folder === null) return used > 0 ? null : 'Each chain has one of its own now.';
    if (isGone({ here, dataFolder: folder })) return goneFolder(folder);
    if (!isOwn({ here, dataFolder: folder })) return null;
    if (use === 'app') {
      const isThere = all.some((c) => isOwn(c) && c.kind === 'app' && c.subject === subject);
      return isThere ? null : 'Its container was removed.';
    }
    if (use !== 'chain') return null;
    return deps.chains().some(({ name }) => name === subject) ? null : 'Its chain was removed.';
  }

  function about(one: OurContainer): Omit<Container, 'health'> {
    const own = isOwn(one);
    const id = one.kind === 'workspace' ? Number(one.subject) : one.project;
    const project = own && id !== null ? deps.project(id) : undefined;
    const { subject, here: _, ...rest } = one;
    return {
      ...rest,
      title: one.kind === 'workspace' ? (project?.name ?? `project ${subject}`) : subject,
      project: project?.id ?? null,
      chain: own && one.kind === 'chain' ? subject : null,
      own,
      orphan: orphanOf(one),
      usedBy: (one.kind === 'workspace' && project && deps.runIn(project.id)) || null,
    };
  }

  const present = async (one: OurContainer): Promise<Container> => ({
    ...about(one),
    health: await health.of(one),
  });

  async function find(ref: string): Promise<OurContainer> {
    const all = await containers.list();
    const exact = all.filter((c) => c.id === ref || c.name === ref);
    const byId = /^[0-9a-f]{4,}$/.test(ref) ? all.filter((c) => c.id.startsWith(ref)) : [];
    const byTitle = all.filter((c) => isOwn(c) && about(c).title === ref);
    const found = [exact, byTitle, byId].find((some) => some.length > 0) ?? [];
    if (found.length === 1) return found[0] as OurContainer;
    const list = { label: 'Show the containers', command: 'drydock container list' };
    throw new AppError(
      'CONTAINER_NOT_FOUND',
      found.length > 1
        ? `"${ref}" may be ${found.map((c) => c.name).join(' or ')}. Give one of these names.`
        : `Drydock has no container "${ref}". List them with "drydock container list".`,
      { field: 'container', fix: list },
    );
  }

  /** One that may be ended. Throws CONTAINER_FOREIGN, CONTAINER_BUSY. */
  async function endable(ref: string): Promise<OurContainer> {
    const one = await find(ref);
    const { own, orphan, usedBy } = about(one);
    if (!own && !orphan) {
      throw new AppError(
        'CONTAINER_FOREIGN',
        `${one.name} belongs to the data folder ${one.dataFolder}${one.here ? '' : ' of another machine'}. Open Drydock there to end it.`,
      );
    }
    if (usedBy) {
      throw new AppError(
        'CONTAINER_BUSY',
        `${usedBy} is running in ${one.name}. Wait for its end or cancel it, then try again.`,
      );
    }
    return one;
  }

  /** The chain that runs in a container as its records say, so that it's ended as a chain. */
  const chainIn = (one: OurContainer): string | undefined =>
    isOwn(one) && one.kind === 'chain'
      ? deps.chains().find((chain) => chain.container === one.id)?.name
      : undefined;

  async function end(ref: string, how: (id: string) => Promise<void>): Promise<Container> {
    const one = await endable(ref);
    const before = await present(one);
    const chain = chainIn(one);
    if (chain) await deps.stopChain(chain);
    else await how(one.id);
    tell();
    return before;
  }

  /** Samples with what they are of. */
  function sampler(ref: string | undefined): () => Promise<ContainerStats[]> {
    const sample = containers.sampler();
    return async () => {
      const all = ref === undefined ? await containers.list() : [await find(ref)];
      const running = all.filter((c) => c.state === 'running');
      const usages = await sample(running.map((c) => c.id));
      const named = (usage: Usage) => {
        const one = running.find((c) => c.id === usage.id) as OurContainer;
        return { ...usage, name: one.name, kind: one.kind, title: about(one).title };
      };
      return usages.map(named);
    };
  }

  async function orphans(): Promise<Omit<Cleaned, 'dryRun'>> {
    const [all, volumes, networks] = await Promise.all([
      containers.list(),
      containers.volumes(),
      containers.networks(),
    ]);
    const left = because(volumes, leftVolume);
    return {
      containers: because(all, orphanOf).map(({ id, name, reason }) => ({ id, name, reason })),
      volumes: left.map(({ name, reason }) => ({ name, reason })),
      networks: because(networks, (one) => leftNetwork(one, all)).map(({ id, name, reason }) => ({
        id,
        name,
        reason,
      })),
      bytes: left.reduce((sum, v) => sum + (v.bytes ?? 0), 0),
    };
  }

  return {
    async list(): Promise<Container[]> {
      const all = await Promise.all((await containers.list()).map(present));
      return all.sort((a, b) => a.name.localeCompare(b.name));
    },

    /** What each running container uses now, or one of them. Takes half a second. */
    async statsOnce(ref?: string): Promise<ContainerStats[]> {
      const sample = sampler(ref);
      await sample();
      await sleep(FIRST_MS);
      return sample();
    },

    /** Without a daemon the batches are empty, and go on when it is back. */
    async *stats(ref?: string, signal?: AbortSignal): AsyncGenerator<ContainerStats[], void> {
      if (ref !== undefined) await find(ref);
      const sample = sampler(ref);
      for (let first = true; !signal?.aborted; first = false) {
        const batch = await sample().catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE') return [];
          throw error;
        });
        if (!first) yield batch;
        const pause = first ? FIRST_MS : SAMPLE_EVERY_MS;
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    },

    /**
     * The container's own log; of a chain the file that its program writes to, because
     * that may name an address with a key in it, which Docker's log would show to everybody.
     */
    async *logs(ref: string, asked: Omit<LogOptions, 'mask'>): AsyncGenerator<string[], void> {
      const one = await find(ref);
      const options = { ...asked, mask: deps.mask };
      yield* one.kind === 'chain' && isOwn(one)
        ? fileLog(deps.chainLog(one.subject), options)
        : containers.log(one.id, options);
    },

    /** A chain is stopped as `chains.stop` does it: its state is saved, and the container goes. */
    stop: (ref: string): Promise<Container> => end(ref, containers.stop),
    remove: (ref: string): Promise<Container> => end(ref, containers.remove),

    /** Removes what nothing knows of; volumes that are still in use are left. */
    async cleanup({ dryRun = false } = {}): Promise<Cleaned> {
      const found = await orphans();
      if (dryRun) return { dryRun, ...found };
      for (const { id } of found.containers) await containers.remove(id);
      const volumes = [];
      for (const volume of found.volumes) {
        if (await containers.removeVolume(volume.name)) volumes.push(volume);
      }
      const networks = [];
      for (const network of found.networks) {
        if (await containers.removeNetwork(network.id)) networks.push(network);
      }
      if (found.containers.length + volumes.length + networks.length > 0) tell();
      return { dryRun, ...found, volumes, networks };
    },

    diskUse: containers.diskUse,
  };
}

/** Those for which there is a reason. */
const because = <T>(all: T[], why: (one: T) => string | null): (T & { reason: string })[] =>
  all.flatMap((one) => {
    const reason = why(one);
    return reason ? [{ ...one, reason }] : [];
  });

const goneFolder = (folder: string): string => `Its data folder ${folder} is gone.`;

/** Only when that is sure: another user's folder may be one that we can't see. */
function isGone({ dataFolder, here }: { dataFolder: string; here: boolean }): boolean {
  if (!here) return false;
  try {
    statSync(dataFolder);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

export type ContainersService = ReturnType<typeof containersService>;
