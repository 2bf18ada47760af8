import type { DeclaredVariables } from '../../eth/inside/source-types.ts';
import type { StorageLayout } from '../../eth/inside/storage-layout.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';
import type { Layouts } from './state.ts';

/**
 * Which variables the functions of a file have; null: it can't be understood. `sources`: it, and
 * what was compiled with it.
 */
export type ReadVariables = (asked: {
  path: string;
  sources: readonly { path: string; text: string }[];
}) => Promise<DeclaredVariables | null>;

const MOST_KEPT = 50;

/** What sources of contracts say of the variables in their functions; the last ones are kept. */
export class SourceVariables {
  readonly #artifacts: SourcedArtifacts & Layouts;
  readonly #read: ReadVariables;
  readonly #kept = new Map<string, Promise<DeclaredVariables | null>>();

  constructor(artifacts: SourcedArtifacts & Layouts, read: ReadVariables) {
    this.#artifacts = artifacts;
    this.#read = read;
  }

  /** null: the file can't be understood. @param path as the compiler knows it */
  of(artifact: number, path: string): Promise<DeclaredVariables | null> {
    const key = `${artifact} ${path}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const sources = this.#artifacts
      .get(artifact)
      .sources.flatMap((one) => (one.text === null ? [] : [{ path: one.path, text: one.text }]));
    const read = this.#read({ path, sources });
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, read);
    read.catch(() => this.#kept.delete(key));
    return read;
  }

  /** null: how it keeps its variables isn't known. */
  async layoutOf(artifact: number): Promise<StorageLayout | null> {
    return (await this.#artifacts.layoutOf(artifact)).layout;
  }
}
