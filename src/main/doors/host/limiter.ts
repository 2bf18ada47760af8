import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Refusal } from './refusal.ts';

/** Counts by key. */
export interface RateLimiter {
  /** Rejects with when it goes on. */
  take(key: string): Promise<unknown>;
  isSpent(key: string): Promise<boolean>;
  secondsLeft(key: string): Promise<number>;
}

/** @param seconds after which a count begins anew */
export function limiter(points: number, seconds: number): RateLimiter {
  const memory = new RateLimiterMemory({ points, duration: seconds });
  return {
    take: (key) => memory.consume(key),
    isSpent: async (key) => ((await memory.get(key))?.remainingPoints ?? points) <= 0,
    secondsLeft: async (key) => secondsOf((await memory.get(key))?.msBeforeNext ?? 0),
  };
}

/** null: it may go on. */
export async function consume(
  by: RateLimiter,
  key: string,
): Promise<Omit<Refusal, 'message'> | null> {
  try {
    await by.take(key);
    return null;
  } catch (error) {
    const { msBeforeNext } = error as RateLimiterRes;
    return {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: secondsOf(msBeforeNext),
    };
  }
}

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
