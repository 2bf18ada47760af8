import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { Mask } from '../lib/secrets/mask.ts';
import { maskUrl, urlSecrets } from '../lib/secrets/secret-url.ts';
import { messageOf } from '../shared/errors.ts';

const CONNECT_MS = 1500;
const ANSWER_MS = 2000;
const LONGEST_PAUSE_MS = 10_000;

export interface RedisState {
  /** What was talked to last. */
  backend: 'redis' | 'embedded';
  /** Where the real one is, without secrets; null: none is wanted. */
  url: string | null;
  /** Why the embedded one stands in for it, as a sentence. */
  problem: string | null;
}

export interface RedisConnection {
  readonly state: RedisState;
  /**
   * Does it on the real Redis, or on the embedded one when none is wanted or it fails there. What
   * either of them holds may be gone at the next call, so `work` begins by looking.
   */
  use<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  close(): void;
}

export interface RedisDependencies {
  /** As in REDIS_URL: `redis://`, `rediss://` or `unix://`, with user and password; empty: none. */
  url: string | undefined;
  /** Called when the state has changed. */
  changed: () => void;
}

/** Connects at the first use; one that is lost is looked for again until `close`. */
export function openRedis({ url, changed }: RedisDependencies): RedisConnection {
  let real: Promise<Redis> | undefined;
  let embedded: Promise<Redis> | undefined;
  let closed = false;
  const shown = url ? maskUrl(url) : null;
  const mask = new Mask(url ? urlSecrets(url) : []);
  let state: RedisState = { backend: 'embedded', url: shown, problem: null };

  function become(backend: RedisState['backend'], problem: string | null): void {
    if (closed || (state.backend === backend && state.problem === problem)) return;
    state = { backend, url: shown, problem };
    changed();
  }

  const lost = (error: unknown) =>
    become(
      'embedded',
      `Redis at ${shown} can't be used: ${mask.apply(messageOf(error)).replace(/\.$/, '')}. Numbers of images are kept without it meanwhile, and go there when it is back.`,
    );

  async function onReal<T>(redis: Redis, work: (redis: Redis) => Promise<T>): Promise<T> {
    if (redis.status !== 'ready') await ready(redis);
    const result = await work(redis);
    become('redis', null);
    return result;
  }

  return {
    get state() {
      return state;
    },
    async use(work) {
      if (url) {
        try {
          real ??= connect(url, lost, () => become('redis', null));
          return await onReal(await real, work);
        } catch (error) {
          // While it is looked for again, why it went says more.
          if (!(error instanceof StillAway && state.problem)) lost(error);
        }
      }
      embedded ??= embed();
      return work(await embedded);
    },
    close() {
      closed = true;
      real?.then(
        (redis) => redis.disconnect(),
        () => undefined,
      );
      embedded?.then(
        (redis) => redis.disconnect(),
        () => undefined,
      );
    },
  };
}

async function connect(
  url: string,
  onLost: (error: unknown) => void,
  onReady: () => void,
): Promise<Redis> {
  if (!/^(rediss?|unix):\/\//.test(url)) {
    throw new Error('its address must begin with redis://, rediss:// or unix://');
  }
  // Loading it takes longer than most that the core does.
  const { Redis } = await import('ioredis');
  const redis = new Redis(url.replace(/^unix:\/\//, ''), {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: ANSWER_MS,
    // What can't be said now is said to the embedded one instead of waiting.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(100 * 2 ** times, LONGEST_PAUSE_MS),
  });
  redis.on('error', onLost);
  redis.on('ready', onReady);
  redis.connect().catch(() => undefined);
  return redis;
}

class StillAway extends Error {}

/** Waits a little for a connection that is just being made; later ones must be there already. */
async function ready(redis: Redis): Promise<void> {
  if (redis.status !== 'connecting' && redis.status !== 'connect') {
    throw new StillAway('nothing answers there');
  }
  const late = AbortSignal.timeout(CONNECT_MS);
  await once(redis, 'ready', { signal: late }).catch((error: unknown) => {
    throw late.aborted ? new Error(`no answer within ${CONNECT_MS / 1000} s`) : error;
  });
}

async function embed(): Promise<Redis> {
  const { default: RedisMock } = await import('ioredis-mock');
  // Two on one address would share what they hold.
  return new RedisMock({ host: randomUUID() });
}
