import type { Logger } from 'pino';
import type { CompileCache, Kept } from '../../kinds/compile-cache.ts';
import type { Change } from '../app/contract.ts';
import type { CacheStatus, Cleared } from './contract.ts';
import type { CompileEntries, Entry } from './entries.ts';

const MOST_BYTES = 2 ** 30;
const SWEEP_EVERY_MS = 3_600_000;

export interface CompileCacheDependencies {
  entries: CompileEntries;
  logger: Logger;
  /** Seconds; 0: off. */
  ttl: () => number;
  /** 1 GiB unless given. */
  maxBytes?: number;
  changed: (change: Change) => void;
}

export function compileCacheService(deps: CompileCacheDependencies) {
  const { entries, logger, ttl, maxBytes = MOST_BYTES } = deps;
  /** One thing after the other, beside everything else. */
  let work: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const since = (): number => Date.now() - ttl() * 1000;

  /** What fails is not kept, and that is all. */
  function later(step: () => Promise<void>): void {
    work = work.then(step).catch((error: unknown) => {
      logger.warn({ err: error }, 'the compile cache could not be written');
    });
  }

  /** Removes what is over its time, and of the rest what there is no room for. */
  async function sweep(): Promise<void> {
    const oldest = since();
    let room = maxBytes;
    const newestFirst = (await entries.all()).sort((a, b) => b.usedAt - a.usedAt);
    for (const { folder, bytes, usedAt } of newestFirst) {
      room -= bytes;
      if (usedAt < oldest || room < 0) await entries.remove(folder);
    }
  }

  const live = async (): Promise<Entry[]> => {
    const oldest = since();
    return (await entries.all()).filter(({ usedAt }) => usedAt >= oldest);
  };

  const sum = (found: Entry[]): number => found.reduce((total, { bytes }) => total + bytes, 0);

  const cache: CompileCache = {
    find: (group) => entries.find(group, since()),
    keep(what) {
      if (ttl() === 0) return;
      later(async () => {
        const entry = await what();
        if (!entry) return;
        await entries.write(entry);
        await sweep();
      });
    },
    used: (kept: Kept) => later(() => entries.use(kept)),
    drop: (kept: Kept) => later(() => entries.remove(kept.folder)),
    async folder(group) {
      if (ttl() === 0) return null;
      return entries.folder(group).catch((error: unknown) => {
        logger.warn({ err: error }, 'the compile cache could not be written');
        return null;
      });
    },
  };

  return {
    cache,

    async status(): Promise<CacheStatus> {
      const found = await live();
      return {
        enabled: ttl() > 0,
        ttlSeconds: ttl(),
        entries: found.length,
        bytes: sum(found),
        maxBytes,
      };
    },

    async clear(): Promise<Cleared> {
      await work;
      const found = await live();
      await entries.clear();
      deps.changed({ topic: 'data' });
      return { entries: found.length, bytes: sum(found) };
    },

    /** For cores that stay open: also what isn't used any more goes when its time is over. */
    begin(): void {
      const look = () => later(sweep);
      timer = setInterval(look, SWEEP_EVERY_MS).unref();
      look();
    },

    /** Waits until what is being kept is kept. */
    async close(): Promise<void> {
      clearInterval(timer);
      await work;
    },
  };
}

export type CompileCacheService = ReturnType<typeof compileCacheService>;
