import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { osUser } from '../../lib/os-user.ts';
import type { Access, NamedToken } from '../../shared/access.ts';
import type { Caller, DoorName } from '../../shared/caller.ts';
import { DOOR_HEADER } from './door-header.ts';
import { consume, limiter, type RateLimiter } from './limiter.ts';
import { NamedTokens } from './named-tokens.ts';
import type { Refusal } from './refusal.ts';

export interface AuthOptions {
  port: number;
  token: string;
  /** Wrong tokens in a minute, before any further one isn't even looked at. */
  failuresPerMinute?: number;
  /** Requests in a second, before the rest of that second is refused. */
  requestsPerSecond?: number;
}

/** Who was let in, and with what. */
export interface Admission {
  caller: Caller;
  /** null: the data folder's own, or a cookie. */
  token: NamedToken | null;
  /** Of a browser. */
  session: number | null;
}

/** How long a code leads in: enough for a browser that has to start first. */
const codeLifeMs = 60_000;

const newSecret = () => randomBytes(32).toString('base64url');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes the same time whatever the difference, and whatever the lengths. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));

const agentOf = ({ headers }: IncomingMessage) => headers['user-agent'] ?? null;

const bearerOf = ({ headers }: IncomingMessage) =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

function cookieNamed(name: string, header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Decides whom the host serves. A request must name this host (so no foreign name that resolves to
 * 127.0.0.1 gets in), must come from no other page, and must carry the token as a bearer, or the
 * cookie of a browser that came with the token or with a code.
 */
export class Auth {
  readonly #hosts: Set<string>;
  #token: string;
  /** Browsers send a host's cookies to its other ports too; this one is worth nothing elsewhere. */
  readonly #cookieName: string;
  /** When each unused code ends; Unix time, ms. */
  readonly #codes = new Map<string, number>();
  readonly #failures: RateLimiter;
  readonly #requests: RateLimiter;
  readonly #access: Access;
  readonly #named: NamedTokens;

  constructor(access: Access, options: AuthOptions) {
    const { port, token, failuresPerMinute = 300, requestsPerSecond = 5000 } = options;
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#token = token;
    this.#cookieName = `drydock-${port}`;
    this.#failures = limiter(failuresPerMinute, 60);
    this.#requests = limiter(requestsPerSecond, 1);
    this.#access = access;
    this.#named = new NamedTokens(access, { failuresPerMinute, requestsPerSecond });
  }

  /** The origins of our own pages. */
  get origins(): string[] {
    return [...this.#hosts].map((host) => `http://${host}`);
  }

  /** Whether the request was addressed to this host, and not sent by a foreign page. */
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

  /** Whether the request carries a token or a cookie, and may be served now. */
  async admit(request: IncomingMessage): Promise<Admission | Refusal> {
    const bearer = bearerOf(request);
    if (bearer !== undefined) return this.#admitToken(request, bearer);
    const cookie = cookieNamed(this.#cookieName, request.headers.cookie);
    // A page on another port of this machine is the same site to the browser, so it sends the
    // cookie along; it tells us where the request comes from as well.
    const site = request.headers['sec-fetch-site'];
    const ours = site === undefined || site === 'same-origin' || site === 'none';
    const secret = cookie !== undefined && ours ? this.#sessionIn(cookie) : null;
    if (secret === null) return this.#failed();
    const session = this.#access.sessionOf(secret, agentOf(request));
    if (session === null) return this.#failed();
    return (await this.#limit()) ?? { ...this.#from(request), session };
  }

  async #admitToken(request: IncomingMessage, bearer: string): Promise<Admission | Refusal> {
    if (!NamedTokens.isOne(bearer)) {
      return (await this.checkGivenToken(bearer)) ?? this.#from(request);
    }
    const token = await this.#named.check(bearer);
    if (token === undefined) return this.#failed();
    if ('status' in token) return token;
    return { caller: { door: 'api', user: null, token: token.name }, token, session: null };
  }

  /** Only this user can read the token, or be given a cookie. */
  #from(request: IncomingMessage): Admission {
    return {
      caller: { door: this.#doorOf(request), user: osUser(), token: null },
      ...{ token: null, session: null },
    };
  }

  /** Whether it is the token itself that the request carries, and not a browser's cookie. */
  hasToken(request: IncomingMessage): boolean {
    return same(bearerOf(request) ?? '', this.#token);
  }

  async checkGivenToken(token: string): Promise<Refusal | null> {
    return same(token, this.#token) ? this.#limit() : this.#failed();
  }

  /** A code that leads one browser in, once, within a minute. It may stand in a process list. */
  issueCode(): string {
    const now = Date.now();
    for (const [code, end] of this.#codes) if (end < now) this.#codes.delete(code);
    const code = newSecret();
    this.#codes.set(code, now + codeLifeMs);
    return code;
  }

  /** Whether a browser with this code is let in. A code is worth nothing from then on. */
  async checkGivenCode(code: string): Promise<Refusal | null> {
    const end = this.#codes.get(code);
    this.#codes.delete(code);
    if (end !== undefined && end >= Date.now()) return this.#limit();
    const refusal = await this.#failed();
    if (refusal.status !== 401) return refusal;
    return {
      ...refusal,
      message:
        'This address leads in once, within a minute: it was used already, or is too old. `drydock host --open` opens another. If it was not you who used it, `drydock host rotate-token` ends every session.',
    };
  }

  /** For a browser that was let in; no script can read it, no other site send it. */
  newCookie(request: IncomingMessage): string {
    const secret = newSecret();
    this.#access.beginSession(secret, agentOf(request));
    return this.#cookieOf(secret);
  }

  /** From here on the old token, and every cookie and code that was given out under it, is refused. */
  renew(token: string, by: Caller): void {
    this.#token = token;
    this.#codes.clear();
    this.#access.renewed(by);
  }

  /** A program that has the token is believed which door it is. */
  #doorOf(request: IncomingMessage): DoorName {
    if (!this.hasToken(request)) return 'browser';
    const said = request.headers[DOOR_HEADER];
    return said === 'cli' || said === 'window' ? said : 'api';
  }

  #cookieOf(session: string): string {
    const value = `${session}.${this.#signatureOf(session)}`;
    return `${this.#cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Sessions outlive the host, so that an open page goes on with the next one. */
  #sessionIn(cookie: string): string | null {
    const [session = '', signature = ''] = cookie.split('.');
    return same(signature, this.#signatureOf(session)) ? session : null;
  }

  #signatureOf(session: string): string {
    return createHmac('sha256', this.#token).update(`session ${session}`).digest('base64url');
  }

  async #failed(): Promise<Refusal> {
    // Every request comes from this machine: one count for all.
    const blocked = await consume(this.#failures, 'all');
    if (blocked) return { ...blocked, message: 'Too many wrong tokens. Wait a minute.' };
    return {
      status: 401,
      code: 'UNAUTHORIZED',
      message:
        'The token is missing or no longer right. `drydock host --open` opens this page again, and `drydock host` prints its address.',
    };
  }

  async #limit(): Promise<Refusal | null> {
    const blocked = await consume(this.#requests, 'all');
    return blocked && { ...blocked, message: 'Too many requests at once. Try again in a second.' };
  }
}
