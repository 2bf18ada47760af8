import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Refusal } from './refusal.ts';

export interface GateOptions {
  port: number;
  token: string;
  /** Wrong tokens in a minute, before any further one isn't even looked at. */
  failuresPerMinute?: number;
  /** Requests in a second, before the rest of that second is refused. */
  requestsPerSecond?: number;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes the same time whatever the difference, and whatever the lengths. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));

function cookieNamed(name: string, header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Decides whom the host serves. A request must name this host (so no foreign name that resolves to
 * 127.0.0.1 gets in), must come from no other page, and must carry the token: as a bearer, or as
 * the cookie that the address with the token sets.
 */
export class Gate {
  readonly #hosts: Set<string>;
  readonly #token: string;
  readonly #cookieName: string;
  /** Browsers send a host's cookies to its other ports too; this one is worth nothing elsewhere. */
  readonly #cookieValue: string;
  readonly #failures: RateLimiterMemory;
  readonly #requests: RateLimiterMemory;

  constructor({ port, token, failuresPerMinute = 300, requestsPerSecond = 5000 }: GateOptions) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#token = token;
    this.#cookieName = `drydock-${port}`;
    this.#cookieValue = createHmac('sha256', token).update('cookie').digest('base64url');
    this.#failures = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 });
    this.#requests = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  }

  /** The origins of our own pages. */
  get origins(): string[] {
    return [...this.#hosts].map((host) => `http://${host}`);
  }

  /** Whether the request was addressed to us, and by no page but ours. */
  checkOrigin(request: IncomingMessage): Refusal | null {
    const { host, origin } = request.headers;
    if (!host || !this.#hosts.has(host.toLowerCase())) {
      return {
        status: 403,
        code: 'FORBIDDEN',
        message: `Drydock answers only under ${this.origins.join(' and ')}. Open it there.`,
      };
    }
    if (origin !== undefined && !this.origins.includes(origin.toLowerCase())) {
      return {
        status: 403,
        code: 'FORBIDDEN',
        message: 'Requests from other pages are refused.',
      };
    }
    return null;
  }

  /** Whether the request carries the token, and may be served now. */
  async checkToken(request: IncomingMessage): Promise<Refusal | null> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.checkGivenToken(bearer);
    const cookie = cookieNamed(this.#cookieName, request.headers.cookie);
    // A page on another port of this machine is the same site to the browser, so it sends the
    // cookie along; it tells us where the request comes from as well.
    const site = request.headers['sec-fetch-site'];
    const ours = site === undefined || site === 'same-origin' || site === 'none';
    if (cookie !== undefined && ours && same(cookie, this.#cookieValue)) return this.#limit();
    return this.#failed();
  }

  async checkGivenToken(token: string): Promise<Refusal | null> {
    return same(token, this.#token) ? this.#limit() : this.#failed();
  }

  /** For a browser that came with the right token; no script can read it, no other site send it. */
  get setCookie(): string {
    return `${this.#cookieName}=${this.#cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
  }

  async #failed(): Promise<Refusal> {
    const blocked = await consume(this.#failures);
    if (blocked) return { ...blocked, message: 'Too many wrong tokens. Wait a minute.' };
    return {
      status: 401,
      code: 'UNAUTHORIZED',
      message:
        'The token is missing or no longer right. Open the address that Drydock printed when it started, with its token; `drydock host` prints it again.',
    };
  }

  async #limit(): Promise<Refusal | null> {
    const blocked = await consume(this.#requests);
    return blocked && { ...blocked, message: 'Too many requests at once. Try again in a second.' };
  }
}

async function consume(limiter: RateLimiterMemory): Promise<Omit<Refusal, 'message'> | null> {
  try {
    // Every request comes from this machine: one count for all.
    await limiter.consume('all');
    return null;
  } catch (error) {
    const { msBeforeNext } = error as RateLimiterRes;
    return {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    };
  }
}
