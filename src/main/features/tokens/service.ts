import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../lib/sha256.ts';
import type { Access, Ended, NamedToken } from '../../shared/access.ts';
import type { Caller } from '../../shared/caller.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { CreateInput, Session, Token } from './contract.ts';
import type { TokenRow, TokensStore } from './store.ts';

export interface TokensDependencies {
  store: TokensStore;
  note: (note: { action: string; outcome: string }, caller: Caller) => void;
  changed: (change: Change) => void;
}

const DAY_MS = 86_400_000;
/** How exactly is kept when something was last seen. */
const SEEN_MS = 60_000;
const MOST_AGENT = 300;

/** Who is let in by the host beside the holder of the data folder's own token. */
export class TokensService implements Access {
  readonly #deps: TokensDependencies;
  readonly #listeners = new Set<(ended: Ended) => void>();

  constructor(deps: TokensDependencies) {
    this.#deps = deps;
  }

  list(): Token[] {
    return this.#deps.store.all().map(shown);
  }

  /** Throws NAME_TAKEN. */
  create({ name, scope, days }: CreateInput): Token & { token: string } {
    const { store } = this.#deps;
    if (store.byName(name)) {
      throw new AppError('NAME_TAKEN', `There is a token ${name} already. Choose another name.`, {
        field: 'name',
      });
    }
    const id = randomBytes(6).toString('hex');
    const token = `drydock_${id}_${randomBytes(32).toString('base64url')}`;
    const createdAt = Date.now();
    const row: TokenRow = {
      ...{ id, name, scope, createdAt, hash: sha256(token), usedAt: null },
      expiresAt: days === null ? null : createdAt + days * DAY_MS,
    };
    store.insert(row);
    this.#tell();
    return { ...shown(row), token };
  }

  /** Throws TOKEN_NOT_FOUND. */
  revoke(name: string): Token {
    const row = this.#deps.store.byName(name);
    if (!row) {
      throw new AppError(
        'TOKEN_NOT_FOUND',
        `There is no token ${name}. List them with "drydock token list".`,
        { field: 'name', fix: { label: 'Show the tokens', command: 'drydock token list' } },
      );
    }
    this.#deps.store.remove(row.id);
    this.#end({ token: row.id });
    return shown(row);
  }

  sessions(): Session[] {
    return this.#deps.store.sessions().map(({ endedAt: _, ...one }) => one);
  }

  /** Throws SESSION_NOT_FOUND. */
  endSession(id: number): Session {
    const found = this.#deps.store.session(id);
    if (!found || found.endedAt !== null) {
      throw new AppError(
        'SESSION_NOT_FOUND',
        `There is no session ${id}. List them with "drydock session list".`,
        { field: 'id', fix: { label: 'Show the sessions', command: 'drydock session list' } },
      );
    }
    this.#deps.store.end(id, Date.now());
    this.#end({ session: id });
    const { endedAt: _, ...one } = found;
    return one;
  }

  tokenOf(given: string): NamedToken | undefined {
    const row = this.#deps.store.byId(idOfToken(given) ?? '');
    if (!row || !sameHash(sha256(given), row.hash) || hasExpired(row)) return undefined;
    const now = Date.now();
    if (now - (row.usedAt ?? 0) > SEEN_MS) this.#deps.store.used(row.id, now);
    const { id, name, scope, expiresAt } = row;
    return { id, name, scope, expiresAt };
  }

  isValid({ id }: Pick<NamedToken, 'id'>): boolean {
    const row = this.#deps.store.byId(id);
    return row !== undefined && !hasExpired(row);
  }

  beginSession(secret: string, agent: string | null): void {
    this.#begin(sha256(secret), agent);
  }

  sessionOf(secret: string, agent: string | null): number | null {
    const hash = sha256(secret);
    const found = this.#deps.store.sessionOf(hash);
    // Its cookie is right: it was let in before sessions were kept.
    if (!found) return this.#begin(hash, agent);
    if (found.endedAt !== null) return null;
    const now = Date.now();
    if (now - found.seenAt > SEEN_MS) this.#deps.store.seen(found.id, now);
    return found.id;
  }

  renewed(by: Caller): void {
    this.#deps.store.forgetSessions();
    this.#deps.note({ action: 'host.renewToken', outcome: 'done' }, by);
    this.#tell();
  }

  onEnded(listener: (ended: Ended) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(hash: string, agent: string | null): number {
    const id = this.#deps.store.begin(hash, agent?.slice(0, MOST_AGENT) ?? null, Date.now());
    this.#tell();
    return id;
  }

  #end(ended: Ended): void {
    for (const listener of this.#listeners) listener(ended);
    this.#tell();
  }

  #tell(): void {
    this.#deps.changed({ topic: 'tokens' });
  }
}

const idOfToken = (given: string): string | undefined =>
  /^drydock_([0-9a-f]{12})_[\w-]{43}$/.exec(given)?.[1];

const hasExpired = ({ expiresAt }: TokenRow): boolean =>
  expiresAt !== null && expiresAt <= Date.now();

const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));

function shown(row: TokenRow): Token {
  const { name, scope, createdAt, expiresAt, usedAt } = row;
  return { name, scope, createdAt, expiresAt, expired: hasExpired(row), usedAt };
}
