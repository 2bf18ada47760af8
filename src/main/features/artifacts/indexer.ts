import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { parsedJson } from '../../lib/parsed-json.ts';
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
  /** Where a project is; null: there is nothing to read now. Throws PROJECT_NOT_FOUND. */
  folder: (project: number) => Folder | null;
  /** What is stored of a project is other than before. */
  changed: (project: number) => void;
  keep?: SweepRules;
}

/** Build output that is stored as it was then. */
interface KnownBuild {
  folder: Folder;
  stamp: string;
  /** null: looking at it again takes too long. */
  seen: Seen | null;
}

type StoredBuild = Omit<KnownBuild, 'seen'> & { seen: [string, string][] | null };

interface Pass {
  done: Promise<void>;
  hasBegun: boolean;
}

/** Keeps what is stored of projects' build output as it is on disk. */
export class Indexer {
  readonly #deps: IndexerDependencies;
  /** Of each project the pass that is at work, and the one that follows. */
  readonly #passes = new Map<number, Pass[]>();
  readonly #known = new Map<number, KnownBuild>();
  /** Projects of which something was stored by the pass that is at work. */
  readonly #written = new Set<number>();
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
    const folder = this.#deps.folder(project);
    if (folder === null) return true;
    const known = this.#known.get(project) ?? this.#stored(project);
    if (!known || !isDeepStrictEqual(known.folder, folder)) return false;
    this.#known.set(project, known);
    return known.seen !== null && isAsSeen(known.seen);
  }

  /** As the last core has left it. */
  #stored(project: number): KnownBuild | null {
    const written = parsedJson(this.#deps.store.scan(project) ?? '') as StoredBuild | undefined;
    if (!written) return null;
    const { seen, ...rest } = written;
    return { ...rest, seen: seen && new Map(seen) };
  }

  async #pass(project: number): Promise<void> {
    const { folder: folderOf, reader, store, logger } = this.#deps;
    try {
      if (this.#closed) return;
      const folder = folderOf(project);
      if (folder === null) return;
      // What a build writes from here on has another stamp, and is read the next time.
      const found = await reader.stamp(folder);
      if (found === null || this.#closed) return;
      const known = this.#stored(project);
      const isRead = known?.stamp === found.stamp && isDeepStrictEqual(known.folder, folder);
      if (!isRead && !(await this.#read(project, folder))) return;
      const seen = isQuicklySeen(found.seen) ? found.seen : null;
      this.#known.set(project, { folder, stamp: found.stamp, seen });
      store.finish(
        project,
        JSON.stringify({ folder, stamp: found.stamp, seen: seen && [...seen] }),
      );
      if (!isRead) await this.sweep();
    } catch (error) {
      if (!this.#closed) logger.warn({ project, err: error }, 'build output could not be read');
    } finally {
      if (this.#written.delete(project)) this.#deps.changed(project);
    }
  }

  /** Returns whether all of it was read. */
  async #read(project: number, folder: Folder): Promise<boolean> {
    const { reader, store } = this.#deps;
    const known = new Map(store.files(project).map((file) => [file.path, file.stamp]));
    const listed = await reader.read(folder, known, (batch) => this.#put(project, batch));
    if (!listed || this.#closed) return false;
    await this.#removeOthers(project, known.keys(), new Set(listed));
    return !this.#closed;
  }

  #put(project: number, batch: readonly ReadFile[]): Promise<void> {
    return this.#inPieces(project, batch, (file) => this.#deps.store.putFile(project, file));
  }

  #removeOthers(project: number, known: Iterable<string>, listed: Set<string>): Promise<void> {
    const gone = [...known].filter((file) => !listed.has(file));
    return this.#inPieces(project, gone, (file) => this.#deps.store.removeFile(project, file));
  }

  async #inPieces<T>(project: number, all: readonly T[], write: (one: T) => void): Promise<void> {
    if (all.length > 0) this.#written.add(project);
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
