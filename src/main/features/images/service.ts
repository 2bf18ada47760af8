import type { Logger } from 'pino';
import type { RedisConnection } from '../../db/redis.ts';
import type { ImageSource, OwnImage } from '../../engines/images.ts';
import { linesOf } from '../../lib/output-lines.ts';
import { AppError } from '../../shared/errors.ts';
import type { OutputLine } from '../../shared/procedure.ts';
import type { Change } from '../app/contract.ts';
import type { BuildInput, Image, ImagesStatus, Removal } from './contract.ts';
import { imageListing, type ListingDependencies, type Project } from './listing.ts';
import type { ImagesStore } from './store.ts';

const CLEAN_EVERY_MS = 3_600_000;
/** Late enough that it doesn't slow down the start of the app. */
const FIRST_CLEAN_MS = 5 * 60_000;

export interface ImagesDependencies extends ListingDependencies {
  redis: RedisConnection;
  store: ImagesStore;
  logger: Logger;
  /** Whether containers are reused. */
  enabled: boolean;
  maxAgeMs: number;
  project: (ref: number | string) => Project;
  /** Throws NOT_TRUSTED unless the project's code may run, or `give` allows it now. */
  ensureTrusted: (projectId: number, give?: boolean) => Promise<void>;
  changed: (change: Change) => void;
}

export function imagesService(deps: ImagesDependencies) {
  const { engine, cache, redis, store, logger } = deps;
  const list = imageListing(deps);
  const tell = () => deps.changed({ topic: 'images' });
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Docker's images, or why they are unavailable. */
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
        enabled: deps.enabled,
        ...redis.state,
        maxAgeMs: deps.maxAgeMs,
        hits: sum(images, 'hits'),
        misses: sum(images, 'misses'),
      },
    };
  }

  /** Removes what can be removed; whatever a container needs stays, even one made just now. */
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
    const before = Date.now() - deps.maxAgeMs;
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

  /** The steps of a project's own Dockerfile are the project's code. */
  async function sourceOf({ project: ref, kind, trust }: BuildInput): Promise<ImageSource> {
    if (ref === undefined) return kind ?? engine.standard[0]?.id ?? '';
    const project = deps.project(ref);
    if (project.dockerfile === null) {
      return { ...project, pins: (await deps.pinnedTools(project.id)).pins };
    }
    await deps.ensureTrusted(project.id, trust);
    return project;
  }

  function again(afterMs: number): void {
    timer = setTimeout(() => {
      cleanUp()
        .catch((error: unknown) => {
          // Docker may be unavailable.
          logger.info({ err: error }, 'unused images were not cleaned up');
        })
        .finally(() => {
          if (!closed) again(CLEAN_EVERY_MS);
        });
    }, afterMs).unref();
  }

  return {
    standard: () => engine.standard.map(({ id, label }) => ({ id, label })),

    status,

    /** Rejects before the first line when the image can't be built at all. */
    async build(input: BuildInput, signal?: AbortSignal): Promise<AsyncGenerator<OutputLine[]>> {
      const source = await sourceOf(input);
      const { fresh } = input;
      return linesOf((note) => engine.rebuild(source, { fresh, signal, note }));
    },

    async remove(tag: string): Promise<Removal> {
      const result = await removeAll((await existing()).filter((image) => image.tag === tag));
      const [kept] = result.kept;
      if (kept) {
        throw new AppError(
          'IMAGE_IN_USE',
          `The image ${tag} is needed ${kept.reason}. Remove those containers first.`,
          { field: 'image' },
        );
      }
      if (result.removed.length === 0) {
        throw new AppError(
          'IMAGE_NOT_FOUND',
          `There is no image "${tag}" of Drydock. List them with "drydock image list".`,
          { field: 'image', fix: { label: 'Show the images', command: 'drydock image list' } },
        );
      }
      return result;
    },

    async clear(): Promise<Removal> {
      const result = await removeAll(await existing());
      const kept = new Set(result.kept.map(({ tag }) => tag));
      const gone = store.all().filter(({ tag }) => !kept.has(tag));
      store.remove(gone.map(({ tag }) => tag));
      tell();
      return result;
    },

    cleanUp,

    /** Uses were written, or Redis was connected or lost: readers must see the current state. */
    bringUpToDate(): void {
      if (redis.state.url === null) return;
      asked()
        .then(({ images }) => cache.entries(images))
        .catch((error: unknown) => logger.warn({ err: error }, 'Redis was not brought up to date'));
    },

    /** Cleans up every hour, in the core that leads. */
    begin: () => again(FIRST_CLEAN_MS),

    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export type ImagesService = ReturnType<typeof imagesService>;

function reasonOf({ usedBy }: Image): string {
  if (usedBy.length === 0) return 'by a container that has just been made';
  const what = {
    workspace: 'the workspace of',
    chain: 'the chain',
    app: 'the app',
    other: 'the container',
  };
  return `by ${usedBy.map(({ kind, name }) => `${what[kind]} ${name}`).join(', ')}`;
}
