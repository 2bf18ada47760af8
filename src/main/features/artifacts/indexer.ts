import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { isAsSeen, isQuicklySeen, type Seen } from '../../lib/seen.ts';
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
  /** Where a project is now. Throws PROJECT_NOT_FOUND. */
  folder: (project: number) => Folder;
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
  /** Of each project that is known as it is on disk, what tells that it still is. */
  readonly #current = new Map<number, { folder: Folder; seen: Seen }>();
  #closed = false;

  constructor(deps: IndexerDependencies) {
    this.#deps = deps;
  }

  /**
   * Resolves when all is stored that was on disk at the call, or why it can't be is logged. Takes
   * some stats of files when no build has written since the last time.
   */
  async fresh(project: number): Promise<void> {
    if (this.#isCurrent(project)) return;
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

  #isCurrent(project: number): boolean {
    const known = this.#current.get(project);
    if (!known || !isDeepStrictEqual(known.folder, this.#deps.folder(project))) return false;
    return isAsSeen(known.seen);
  }

  async #pass(project: number): Promise<void> {
    const { folder: folderOf, reader, store, logger } = this.#deps;
    try {
      if (this.#closed) return;
      const folder = folderOf(project);
      const found = await reader.stamp(folder);
      if (found === null || this.#closed) return;
      const isRead = found.stamp === store.scan(project) || (await this.#read(project, folder));
      const { seen } = found;
      if (isRead && isQuicklySeen(seen)) this.#current.set(project, { folder, seen });
    } catch (error) {
      if (!this.#closed) logger.warn({ project, err: error }, 'build output could not be read');
    }
  }

  /** Returns whether all of it was read. */
  async #read(project: number, folder: Folder): Promise<boolean> {
    const { reader, store } = this.#deps;
    const known = new Map(store.files(project).map((file) => [file.path, file.stamp]));
    const read = await reader.read(folder, known, (batch) => this.#put(project, batch));
    if (!read || this.#closed) return false;
    await this.#removeOthers(project, known.keys(), new Set(read.listed));
    if (this.#closed) return false;
    store.transaction(() => store.finish(project, read.stamp));
    await this.sweep();
    return true;
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
