import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { RedisConnection } from '../../db/redis.ts';
import type { ImageUse, OwnImage } from '../../engines/images.ts';
import { sha256 } from '../../kit/sha256.ts';
import type { ImagesStore, UseRow } from './store.ts';

/** What is known of one image, as it is kept in Redis. Times are Unix, ms. */
export interface Entry {
  tag: string;
  kind: string;
  present: boolean;
  version: string | null;
  bytes: number;
  ownBytes: number;
  createdAt: number | null;
  hits: number;
  misses: number;
  lastUsedAt: number | null;
  buildMs: number | null;
}

export interface CacheParts {
  redis: RedisConnection;
  store: ImagesStore;
  logger: Logger;
  /** Keys begin with it; different for every data folder. */
  prefix: string;
  /** Uses are written together, so long after the first of them. */
  batchMs?: number;
  /** Uses were written. */
  written: () => void;
}

/**
 * Metadata of images behind the Redis API. Hits, misses and last use are durable in SQLite, the
 * rest is Docker's to say; Redis holds both together: a hash of JSON values `<prefix>image:<tag>` for
 * each, all tags in the set `<prefix>images`. It is filled again whenever it lacks what they say:
 * after a start, another core's use, a lost connection, or a flush.
 */
export class ImageCache {
  readonly #parts: CacheParts;
  #pending = new Map<string, UseRow>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: CacheParts) {
    this.#parts = parts;
  }

  /** Notes a use. Costs nothing: it is written a little later. */
  record({ tag, kind, builtInMs }: ImageUse): void {
    const before = this.#pending.get(tag);
    const missed = builtInMs !== null;
    this.#pending.set(tag, {
      tag,
      kind,
      hits: (before?.hits ?? 0) + (missed ? 0 : 1),
      misses: (before?.misses ?? 0) + (missed ? 1 : 0),
      lastUsedAt: Date.now(),
      buildMs: builtInMs ?? before?.buildMs ?? null,
    });
    this.#timer ??= setTimeout(() => {
      if (this.writeIfPossible()) this.#parts.written();
    }, this.#parts.batchMs ?? 2000).unref();
  }

  /** `flush`, for those who can't do anything about a disk that takes nothing. */
  writeIfPossible(): boolean {
    try {
      this.flush();
      return true;
    } catch (error) {
      this.#parts.logger.warn({ err: error }, 'the use of images could not be noted yet');
      return false;
    }
  }

  /** Writes what was noted, now; keeps it when that fails. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.size === 0) return;
    this.#parts.store.add([...this.#pending.values()]);
    this.#pending = new Map();
  }

  /** `images`: what Docker has; undefined when it can't be asked, then as it was last. By tag. */
  entries(images: readonly OwnImage[] | undefined): Promise<Entry[]> {
    this.flush();
    const known = images && joined(images, this.#parts.store.all());
    return this.#parts.redis.use(async (redis) => {
      if (known) await this.#fill(redis, known);
      return this.#read(redis);
    });
  }

  /** Writes them unless that is what it holds. */
  async #fill(redis: Redis, known: readonly Entry[]): Promise<void> {
    const revision = sha256(JSON.stringify(known));
    const held = await redis.smembers(this.#set);
    const keys = held.map((tag) => this.#key(tag));
    const there = keys.length > 0 ? await redis.exists(...keys) : 0;
    const whole = held.length === known.length && there === held.length;
    if (whole && (await redis.get(this.#revision)) === revision) return;
    const change = redis.multi().del(this.#revision, this.#set, ...keys);
    for (const entry of known) {
      change.sadd(this.#set, entry.tag).hset(this.#key(entry.tag), fieldsOf(entry));
    }
    const done = await change.set(this.#revision, revision).exec();
    const failed = done?.find(([error]) => error)?.[0];
    if (failed) throw failed;
  }

  async #read(redis: Redis): Promise<Entry[]> {
    const tags = (await redis.smembers(this.#set)).sort();
    const found = await Promise.all(tags.map((tag) => redis.hgetall(this.#key(tag))));
    return found.filter(({ tag }) => tag !== undefined).map(entryOf);
  }

  get #set(): string {
    return `${this.#parts.prefix}images`;
  }

  get #revision(): string {
    return `${this.#parts.prefix}revision`;
  }

  #key(tag: string): string {
    return `${this.#parts.prefix}image:${tag}`;
  }
}

function joined(images: readonly OwnImage[], rows: readonly UseRow[]): Entry[] {
  const present = new Map(images.map((image) => [image.tag, image]));
  const used = new Map(rows.map((row) => [row.tag, row]));
  return [...new Set([...present.keys(), ...used.keys()])].sort().map((tag): Entry => {
    const image = present.get(tag);
    const row = used.get(tag);
    return {
      tag,
      kind: image?.kind ?? row?.kind ?? 'other',
      present: image !== undefined,
      version: image?.version ?? null,
      bytes: image?.bytes ?? 0,
      ownBytes: image?.ownBytes ?? 0,
      createdAt: image?.createdAt ?? null,
      hits: row?.hits ?? 0,
      misses: row?.misses ?? 0,
      lastUsedAt: row?.lastUsedAt ?? null,
      buildMs: row?.buildMs ?? null,
    };
  });
}

const fieldsOf = (entry: Entry): Record<string, string> =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, JSON.stringify(value)]));

const entryOf = (fields: Record<string, string>): Entry =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, JSON.parse(value)]),
  ) as unknown as Entry;
