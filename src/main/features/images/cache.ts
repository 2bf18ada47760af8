import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { RedisConnection } from '../../db/redis.ts';
import type { ImageUse, OwnImage } from '../../engines/images.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { ImagesStore, UseRow } from './store.ts';

/** What is known about one image, as stored in Redis. Times are Unix, ms. */
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

export interface CacheDependencies {
  redis: RedisConnection;
  store: ImagesStore;
  logger: Logger;
  /** Prefix of the keys; different for every data folder. */
  prefix: string;
  /** Uses are written together, this long after the first of them. */
  batchMs?: number;
  /** Called when uses were written. */
  written: () => void;
}

/**
 * Metadata of images behind the Redis API. Hits, misses and last use are durable in SQLite, the
 * rest comes from Docker; Redis holds both together: a hash of JSON values `<prefix>image:<tag>`
 * for each, all tags in the set `<prefix>images`. It is refilled whenever data is missing: after a
 * start, another core's use, a lost connection, or a flush.
 */
export class ImageCache {
  readonly #deps: CacheDependencies;
  #pending = new Map<string, UseRow>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: CacheDependencies) {
    this.#deps = deps;
  }

  /** Notes a use. Cheap: it is written a little later. */
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
      if (this.writeIfPossible()) this.#deps.written();
    }, this.#deps.batchMs ?? 2000).unref();
  }

  /** `flush` for callers that can't handle a full disk. */
  writeIfPossible(): boolean {
    try {
      this.flush();
      return true;
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'the use of images could not be noted yet');
      return false;
    }
  }

  /** Writes the noted uses now; keeps them when that fails. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.size === 0) return;
    this.#deps.store.add([...this.#pending.values()]);
    this.#pending = new Map();
  }

  /** `images`: what Docker has; undefined when Docker is unavailable, then as last seen. By tag. */
  entries(images: readonly OwnImage[] | undefined): Promise<Entry[]> {
    this.flush();
    const known = images && joined(images, this.#deps.store.all());
    return this.#deps.redis.use(async (redis) => {
      if (known) await this.#fill(redis, known);
      return this.#read(redis);
    });
  }

  /** Writes them unless they are unchanged. */
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
    return `${this.#deps.prefix}images`;
  }

  get #revision(): string {
    return `${this.#deps.prefix}revision`;
  }

  #key(tag: string): string {
    return `${this.#deps.prefix}image:${tag}`;
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
