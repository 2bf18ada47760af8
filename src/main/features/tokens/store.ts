import type { Db } from '../../db/open.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Session } from './contract.ts';

export interface TokenRow {
  id: string;
  name: string;
  scope: Scope;
  /** SHA-256 of the whole token, in hexadecimal. */
  hash: string;
  createdAt: number;
  expiresAt: number | null;
  usedAt: number | null;
}

export type SessionRow = Session & { endedAt: number | null };

const token = `SELECT id, name, scope, hash, created_at AS createdAt, expires_at AS expiresAt,
  used_at AS usedAt FROM api_tokens`;
const session = `SELECT id, agent, started_at AS startedAt, seen_at AS seenAt, ended_at AS endedAt
  FROM host_sessions`;

/** API tokens and browsers' sessions; of either only a hash is kept. */
export function tokensStore(db: Db) {
  const all = db.prepare<[], TokenRow>(`${token} ORDER BY name COLLATE NOCASE`);
  const byId = db.prepare<[string], TokenRow>(`${token} WHERE id = ?`);
  const byName = db.prepare<[string], TokenRow>(`${token} WHERE name = ?`);
  const insert = db.prepare<[TokenRow]>(
    `INSERT INTO api_tokens (id, name, scope, hash, created_at, expires_at, used_at)
     VALUES (@id, @name, @scope, @hash, @createdAt, @expiresAt, @usedAt)`,
  );
  const used = db.prepare<[number, string]>('UPDATE api_tokens SET used_at = ? WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM api_tokens WHERE id = ?');
  const sessions = db.prepare<[], SessionRow>(
    `${session} WHERE ended_at IS NULL ORDER BY seen_at DESC`,
  );
  const ofHash = db.prepare<[string], SessionRow>(`${session} WHERE hash = ?`);
  const sessionById = db.prepare<[number], SessionRow>(`${session} WHERE id = ?`);
  const begin = db.prepare(
    'INSERT INTO host_sessions (hash, agent, started_at, seen_at) VALUES (?, ?, ?, ?)',
  );
  const seen = db.prepare<[number, number]>('UPDATE host_sessions SET seen_at = ? WHERE id = ?');
  const end = db.prepare<[number, number]>('UPDATE host_sessions SET ended_at = ? WHERE id = ?');
  const forget = db.prepare('DELETE FROM host_sessions');

  return {
    all: (): TokenRow[] => all.all(),
    byId: (id: string): TokenRow | undefined => byId.get(id),
    byName: (name: string): TokenRow | undefined => byName.get(name),
    insert: (row: TokenRow): void => void insert.run(row),
    used: (id: string, at: number): void => void used.run(at, id),
    remove: (id: string): void => void remove.run(id),
    sessions: (): SessionRow[] => sessions.all(),
    sessionOf: (hash: string): SessionRow | undefined => ofHash.get(hash),
    session: (id: number): SessionRow | undefined => sessionById.get(id),
    begin: (hash: string, agent: string | null, at: number): number =>
      Number(begin.run(hash, agent, at, at).lastInsertRowid),
    seen: (id: number, at: number): void => void seen.run(at, id),
    end: (id: number, at: number): void => void end.run(at, id),
    /** No cookie of theirs is right any more. */
    forgetSessions: (): void => void forget.run(),
  };
}

export type TokensStore = ReturnType<typeof tokensStore>;
