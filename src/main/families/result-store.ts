import type { Result } from '../shared/result.ts';

/** Keeps the results of one family in tables of its own. */
export interface ResultStore<R extends Result> {
  /**
   * Writes what has come out, within the transaction that is open.
   *
   * @param news what of `whole` is not stored as it is
   */
  put(deployment: number, whole: R, news: R): void;
  /** Null: nothing has come out. `summary`: what is kept beside it, as the family has made it. */
  read(deployment: number, summary: unknown): R | null;
}
