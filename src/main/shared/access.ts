import type { Caller } from './caller.ts';
import type { Scope } from './scope.ts';

/** An API token that was presented, and is valid. */
export interface NamedToken {
  /** Stands in the token itself, and is no secret. */
  id: string;
  name: string;
  scope: Scope;
  /** Unix time, ms; null: never. */
  expiresAt: number | null;
}

/** What was let in, and is not any more. */
export type Ended = { token: string } | { session: number };

/** Whom the host lets in beside the holder of the data folder's own token. */
export interface Access {
  /** The valid token that a text is; undefined: it is none, or its time is over. */
  tokenOf(given: string): NamedToken | undefined;
  /** Whether it has neither been revoked nor expired since. */
  isValid(token: Pick<NamedToken, 'id'>): boolean;
  /** Keeps that a browser was let in. */
  beginSession(secret: string, agent: string | null): void;
  /** The id of a session whose cookie is right; null: it was ended. */
  sessionOf(secret: string, agent: string | null): number | null;
  /** Called after the data folder has got another token: no session counts any more. */
  renewed(by: Caller): void;
  /** Called when a token is revoked or a session ended. Returns how to stop. */
  onEnded(listener: (ended: Ended) => void): () => void;
}
