import type { Access, NamedToken } from '../../shared/access.ts';
import { consume, limiter, type RateLimiter } from './limiter.ts';
import type { Refusal } from './refusal.ts';

export interface NamedTokensOptions {
  failuresPerMinute: number;
  requestsPerSecond: number;
}

/** API tokens that have a name: each has its own count of requests and of wrong tries. */
export class NamedTokens {
  readonly #access: Access;
  readonly #failures: RateLimiter;
  readonly #requests: RateLimiter;

  constructor(access: Access, { failuresPerMinute, requestsPerSecond }: NamedTokensOptions) {
    this.#access = access;
    this.#failures = limiter(failuresPerMinute, 60);
    this.#requests = limiter(requestsPerSecond, 1);
  }

  /** Whether a text looks like one, right or wrong. */
  static isOne(given: string): boolean {
    return idOf(given) !== undefined;
  }

  /**
   * The token that was presented. undefined: it is wrong. After too many wrong ones with the id of
   * one token, that one is refused for the rest of the minute; all others go on.
   */
  async check(given: string): Promise<NamedToken | Refusal | undefined> {
    const id = idOf(given) ?? '';
    if (await this.#failures.isSpent(id)) return locked(await this.#failures.secondsLeft(id));
    const token = this.#access.tokenOf(given);
    if (!token) {
      await consume(this.#failures, id);
      return undefined;
    }
    const blocked = await consume(this.#requests, id);
    if (!blocked) return token;
    return {
      ...blocked,
      message: 'Too many requests at once with this token. Try again in a second.',
    };
  }
}

const idOf = (given: string): string | undefined => /^drydock_([0-9a-f]{12})_/.exec(given)?.[1];

const locked = (seconds: number): Refusal => ({
  ...{ status: 429, code: 'TOO_MANY_REQUESTS', retryAfterSeconds: seconds },
  message: 'This token was wrong too often. It is refused for the rest of the minute.',
});
