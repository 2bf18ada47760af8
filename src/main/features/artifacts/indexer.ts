import { setImmediate as turn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ArtifactReader } from './reader.ts';
import type { Folder } from './reader-messages.ts';
import type { ArtifactsStore, ReadFile } from './store.ts';
import { type SweepRules, sweep } from './sweep.ts';

/** The time of one piece of work, after which other work gets its turn. */
const SLICE_MS = 5;

export interface IndexerDependencies {
  store: ArtifactsStore;
  reader: ArtifactReader;
  logger: Logger;
  /** Where a project is now; null: it is gone. */
  folder: (project: number) => Folder | null;
  keep?: SweepRules;
}

interface Pass {
  done: Promise<void>;
  hasBegun: boolean;
}

/** Keeps what is stored of projects' build output as it is on disk. */
export class Indexer {
  readonly #deps: IndexerDependencies;
  /** Of each project the pass that is at work, and the one that follows. */
  readonly #passes = new Map<number, Pass[]>();
  #closed = false;

  constructor(deps: IndexerDependencies) {
    this.#deps = deps;
  }

  /**
   * Resolves when all is stored that was on disk at the call, or why it can't be is logged. Reads
   * nothing when no build has written since the last time.
   */
  async fresh(project: number): Promise<void> {
    const passes = this.#passes.get(project) ?? [];
    this.#passes.set(project, passes);
    const waiting = passes.find(({ hasBegun }) => !hasBegun);
    if (waiting) return waiting.done;
    const before = passes.at(-1)?.done;
    const pass: Pass = { done: Promise.resolve(), hasBegun: false };
    pass.done = (async () => {
      await before;
      pass.hasBegun = true;
      await this.#pass(project);
      passes.splice(passes.indexOf(pass), 1);
    })();
    passes.push(pass);
    return pass.done;
  }

  /** Removes what isn't kept any longer. */
  async sweep(): Promise<void> {
    await sweep(this.#deps.store, () => this.#closed, this.#deps.keep);
  }

  /** What is under way ends after the current piece; the rest is read the next time. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#deps.reader.close();
    await Promise.all([...this.#passes.values()].flat().map(({ done }) => done));
  }

  async #pass(project: number): Promise<void> {
    const { folder: folderOf, reader, store, logger } = this.#deps;
    try {
      const folder = this.#closed ? null : folderOf(project);
      if (!folder) return;
      const stamp = await reader.stamp(folder);
      if (stamp === null || stamp === store.scan(project) || this.#closed) return;
      const known = new Map(store.files(project).map((file) => [file.path, file.stamp]));
      const read = await reader.read(folder, known, (batch) => this.#put(project, batch));
      if (!read || this.#closed) return;
      await this.#removeOthers(project, known.keys(), new Set(read.listed));
      if (!this.#closed) store.transaction(() => store.finish(project, read.stamp));
      await this.sweep();
    } catch (error) {
      if (!this.#closed) logger.warn({ project, err: error }, 'build output could not be read');
    }
  }

  #put(project: number, batch: readonly ReadFile[]): Promise<void> {
    return this.#inPieces(batch, (file) => this.#deps.store.putFile(project, file));
  }

  #removeOthers(project: number, known: Iterable<string>, listed: Set<string>): Promise<void> {
    const gone = [...known].filter((file) => !listed.has(file));
    return this.#inPieces(gone, (file) => this.#deps.store.removeFile(project, file));
  }

  async #inPieces<T>(all: readonly T[], write: (one: T) => void): Promise<void> {
    const left = [...all].reverse();
    while (left.length > 0 && !this.#closed) {
      const until = performance.now() + SLICE_MS;
      this.#deps.store.transaction(() => {
        while (left.length > 0 && performance.now() < until) write(left.pop() as T);
      });
      await turn();
    }
  }
}
