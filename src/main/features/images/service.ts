import type { Logger } from 'pino';
import type { RedisConnection } from '../../db/redis.ts';
import { AppError } from '../../kit/errors.ts';
import { Wake } from '../../kit/wake.ts';
import type { Change } from '../app/contract.ts';
import type { Entry, ImageCache } from './cache.ts';
import type { BuildInput, BuildLine, Image, ImagesStatus, ImageUser, Removal } from './contract.ts';
import type { ImageEngine, OwnImage, Source } from './parts.ts';
import type { ImagesStore } from './store.ts';

const CLEAN_EVERY_MS = 3_600_000;
/** The start of the app belongs to its user. */
const FIRST_CLEAN_MS = 5 * 60_000;

interface Project {
  id: number;
  name: string;
  path: string;
  kind: 'foundry' | 'hardhat';
  dockerfile: string | null;
}

export interface ImagesParts {
  engine: ImageEngine;
  cache: ImageCache;
  redis: RedisConnection;
  store: ImagesStore;
  logger: Logger;
  /** Marks the containers of this data folder. */
  homeId: string;
  /** Whether containers are used again. */
  enabled: boolean;
  maxAgeMs: number;
  projects: () => Project[];
  project: (ref: number | string) => Project;
  changed: (change: Change) => void;
}

/** What scripts ask the image cache. */
export interface CacheStatus {
  enabled: boolean;
  backend: 'redis' | 'embedded';
  /** Why the embedded one stands in for Redis. */
  problem: string | null;
  /** Of images that are there. */
  tags: string[];
  hits: number;
  misses: number;
  bytes: number;
  /** Unix time, ms. */
  lastUsedAt: number | null;
  maxAgeMs: number;
}

export function imagesService(parts: ImagesParts) {
  const { engine, cache, redis, store, logger } = parts;
  const tell = () => parts.changed({ topic: 'images' });
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** What the next uses would take, by tag. */
  async function current(): Promise<Map<string, { kind: string; projects: string[] }>> {
    const projects = parts.projects();
    const standard = new Set<Source>(['foundry', ...projects.map(({ kind }) => kind)]);
    const own = projects.filter(({ dockerfile }) => dockerfile !== null);
    const found = new Map<string, { kind: string; projects: string[] }>();
    for (const source of [...standard, ...own]) {
      // Of a Dockerfile that can't be used there is no image.
      const recipe = await engine.recipe(source).catch(() => undefined);
      if (!recipe) continue;
      const one = found.get(recipe.tag) ?? { kind: recipe.kind, projects: [] };
      if (typeof source !== 'string') one.projects.push((source as Project).name);
      found.set(recipe.tag, one);
    }
    return found;
  }

  function presentUser(user: OwnImage['usedBy'][number]): ImageUser {
    const { kind, of, home, container, running } = user;
    if (home !== parts.homeId || kind === 'other')
      return { kind: 'other', name: container, running };
    const project = parts.projects().find(({ id }) => `${id}` === of);
    return { kind, name: kind === 'chain' ? of : (project?.name ?? container), running };
  }

  /** What there is and what would be taken; those first that would be. */
  async function list(own: OwnImage[] | undefined): Promise<Image[]> {
    const [entries, wanted] = await Promise.all([cache.entries(own), current()]);
    const known = new Map(entries.map(({ tag, ...entry }) => [tag, entry]));
    return [...new Set([...wanted.keys(), ...known.keys()])]
      .map((tag): Image => {
        const needed = wanted.get(tag);
        const users = own?.find((image) => image.tag === tag)?.usedBy ?? [];
        return {
          ...(known.get(tag) ?? { ...never, kind: needed?.kind ?? 'other' }),
          tag,
          projects: needed?.projects ?? [],
          current: needed !== undefined,
          usedBy: users.map(presentUser),
        };
      })
      .filter((image) => image.present || image.current)
      .sort((a, b) => Number(b.current) - Number(a.current) || a.tag.localeCompare(b.tag));
  }

  /** Docker's images, or why they can't be had. */
  async function asked(): Promise<{ images?: OwnImage[]; problem: string | null }> {
    try {
      return { images: await engine.own(), problem: null };
    } catch (error) {
      if (error instanceof AppError) return { problem: error.message };
      throw error;
    }
  }

  async function status(): Promise<ImagesStatus> {
    const { images: found, problem } = await asked();
    const images = await list(found);
    const sum = (all: Image[], of: 'bytes' | 'ownBytes' | 'hits' | 'misses') =>
      all.reduce((total, image) => total + image[of], 0);
    const free = images.filter(({ usedBy }) => usedBy.length === 0);
    return {
      images,
      problem,
      bytes: sum(images, 'bytes'),
      freeableBytes: sum(free, 'ownBytes'),
      cache: {
        enabled: parts.enabled,
        ...redis.state,
        maxAgeMs: parts.maxAgeMs,
        hits: sum(images, 'hits'),
        misses: sum(images, 'misses'),
      },
    };
  }

  /** Removes what can be; whatever a container needs stays, also when it has only just come. */
  async function removeAll(victims: Image[]): Promise<Removal> {
    const result: Removal = { removed: [], freedBytes: 0, kept: [] };
    for (const image of victims) {
      const done = image.usedBy.length > 0 ? 'used' : await engine.removeOwn(image.tag);
      if (done === 'removed') {
        result.removed.push(image.tag);
        result.freedBytes += image.ownBytes;
      } else if (done === 'used') {
        result.kept.push({ tag: image.tag, reason: reasonOf(image) });
      }
    }
    store.remove(result.removed);
    if (result.removed.length > 0) tell();
    return result;
  }

  async function existing(): Promise<Image[]> {
    return (await list(await engine.own())).filter((image) => image.present);
  }

  async function cleanUp(): Promise<Removal> {
    const before = Date.now() - parts.maxAgeMs;
    const images = await list(await engine.own());
    const listed = new Set(images.map(({ tag }) => tag));
    const stale = store
      .all()
      .filter(({ tag, lastUsedAt }) => !listed.has(tag) && lastUsedAt < before);
    store.remove(stale.map(({ tag }) => tag));
    return removeAll(
      images.filter(
        ({ current, usedBy, lastUsedAt, createdAt }) =>
          !current && usedBy.length === 0 && Math.max(lastUsedAt ?? 0, createdAt ?? 0) < before,
      ),
    );
  }

  function sourceOf({ project: ref, kind }: BuildInput): Source {
    if (ref === undefined) return kind;
    const project = parts.project(ref);
    return project.dockerfile === null ? project.kind : project;
  }

  function again(afterMs: number): void {
    timer = setTimeout(() => {
      cleanUp()
        .catch((error: unknown) => {
          // Docker may well be away.
          logger.info({ err: error }, 'unused images were not cleaned up');
        })
        .finally(() => {
          if (!closed) again(CLEAN_EVERY_MS);
        });
    }, afterMs).unref();
  }

  return {
    status,

    async *build(input: BuildInput, signal?: AbortSignal): AsyncGenerator<BuildLine[], void> {
      const source = sourceOf(input);
      const wake = new Wake<'line'>();
      let seq = 0;
      let lines: BuildLine[] = [];
      let ended = false;
      const work = engine
        .rebuild(source, {
          fresh: input.fresh,
          signal,
          note(text) {
            lines.push({ seq: ++seq, at: Date.now(), text });
            wake.notify('line');
          },
        })
        .finally(() => {
          ended = true;
          wake.notify('line');
        });
      // Heard of below, after the last line.
      work.catch(() => undefined);
      for (;;) {
        const next = wake.next('line', signal);
        if (lines.length > 0) {
          const batch = lines;
          lines = [];
          yield batch;
        } else if (ended) {
          break;
        } else {
          await next;
        }
      }
      tell();
      await work;
    },

    async remove(tag: string): Promise<Removal> {
      const image = (await existing()).find((one) => one.tag === tag);
      const result = image && (await removeAll([image]));
      if (!image || (result?.removed.length === 0 && result.kept.length === 0)) {
        throw new AppError(
          'IMAGE_NOT_FOUND',
          `There is no image "${tag}" of Drydock. List them with "drydock image list".`,
          { field: 'image', fix: { label: 'Show the images', command: 'drydock image list' } },
        );
      }
      const [kept] = (result as Removal).kept;
      if (!kept) return result as Removal;
      throw new AppError(
        'IMAGE_IN_USE',
        `The image ${tag} is needed ${kept.reason}. Remove those containers first.`,
        { field: 'image' },
      );
    },

    async clear(): Promise<Removal> {
      const result = await removeAll(await existing());
      store.reset();
      tell();
      return result;
    },

    cleanUp,

    async cacheStatus(): Promise<CacheStatus> {
      const { images, problem: noDocker } = await asked();
      const entries = await cache.entries(images);
      const sum = (of: 'hits' | 'misses' | 'bytes') =>
        entries.reduce((total, entry) => total + entry[of], 0);
      const { backend, problem } = redis.state;
      return {
        enabled: parts.enabled,
        backend,
        problem: problem ?? noDocker,
        tags: entries.filter((entry) => entry.present).map(({ tag }) => tag),
        hits: sum('hits'),
        misses: sum('misses'),
        bytes: sum('bytes'),
        lastUsedAt: entries.reduce<number | null>(
          (latest, { lastUsedAt }) => Math.max(latest ?? 0, lastUsedAt ?? 0) || null,
          null,
        ),
        maxAgeMs: parts.maxAgeMs,
      };
    },

    /** Cleans up every hour, for the core that leads. */
    begin: () => again(FIRST_CLEAN_MS),

    close(): void {
      closed = true;
      clearTimeout(timer);
      cache.flush();
      redis.close();
    },
  };
}

export type ImagesService = ReturnType<typeof imagesService>;

const never: Omit<Entry, 'tag' | 'kind'> = {
  present: false,
  version: null,
  bytes: 0,
  ownBytes: 0,
  createdAt: null,
  hits: 0,
  misses: 0,
  lastUsedAt: null,
  buildMs: null,
};

function reasonOf({ usedBy }: Image): string {
  if (usedBy.length === 0) return 'by a container that has just been made';
  const what = { workspace: 'the workspace of', chain: 'the chain', other: 'the container' };
  return `by ${usedBy.map(({ kind, name }) => `${what[kind]} ${name}`).join(', ')}`;
}
