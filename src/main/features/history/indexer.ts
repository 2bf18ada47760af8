import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Known } from './known.ts';
import type { SearchStore } from './search-store.ts';
import { addTerms } from './terms.ts';

/** The time of one piece of work, after which other work gets its turn. */
const SLICE_MS = 3;
const SLICE_LINES = 250;
/** While a deployment runs, indexing uses only a small share of the time. */
const PAUSE_WHILE_RUNNING_MS = 200;
const MERGE_PAGES = 8;
const RETRY_MS = 60_000;
const AT_ONCE = 50;

export interface IndexerDependencies {
  store: SearchStore;
  known: Known;
  logger: Logger;
  /** Called for each deployment before it is indexed. Never rejects. */
  beforeEach: (id: number) => Promise<void>;
}

interface Document {
  id: number;
  shape: ReturnType<SearchStore['shape']>;
  words: string;
}

/**
 * Adds ended deployments to the search index, in small pieces between other work. Triggers fill the
 * table of what has to be indexed, so a crash loses nothing, and several cores may index at the
 * same time.
 */
export class Indexer {
  readonly #deps: IndexerDependencies;
  #working: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(deps: IndexerDependencies) {
    this.#deps = deps;
  }

  /** Call when there may be something to index. Returns at once. */
  wake(): void {
    if (this.#closed) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = this.#work()
      .catch((error: unknown) => {
        this.#deps.logger.warn({ err: error }, 'the search index could not be kept up to date');
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.wake(), RETRY_MS).unref();
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  /** Resolves when everything is indexed, or after `ms`. */
  async caughtUp(ms: number): Promise<void> {
    this.wake();
    const timer = new AbortController();
    const over = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined);
    let late = false;
    void over.then(() => {
      late = true;
    });
    while (this.#working && !late) await Promise.race([this.#working, over]);
    timer.abort();
  }

  /** Stops after the current piece. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#working;
  }

  async #work(): Promise<void> {
    const { store } = this.#deps;
    let some = false;
    while (!this.#closed) {
      const ids = store.pending(AT_ONCE);
      if (ids.length === 0) break;
      some = true;
      let ready: Document[] = [];
      let since = performance.now();
      for (const id of ids) {
        if (this.#closed) return;
        await this.#deps.beforeEach(id);
        const read = await this.#read(id);
        if (read) ready.push(read);
        if (performance.now() - since < SLICE_MS) continue;
        this.#write(ready);
        ready = [];
        await this.#breathe();
        store.merge(MERGE_PAGES);
        await this.#breathe();
        since = performance.now();
      }
      this.#write(ready);
      await this.#breathe();
    }
    while (some && !this.#closed && store.merge(MERGE_PAGES)) await this.#breathe();
  }

  async #breathe(): Promise<void> {
    if (this.#deps.store.isRunning()) await sleep(PAUSE_WHILE_RUNNING_MS);
    else await turn();
  }

  /**
   * The words of a deployment. Writes the parts of a long log to the index, except for the first,
   * which it returns.
   */
  async #read(id: number): Promise<Document | undefined> {
    const { store } = this.#deps;
    const known = this.#deps.known(id);
    if (!known) {
      store.forget(id);
      return undefined;
    }
    const shape = store.shape(id);
    for (let part = shape.parts - 1; part > 0; part--) {
      const upTo = Math.min(shape.last, (part + 1) * shape.lines);
      store.add(id, part, await this.#words(id, part * shape.lines, upTo, new Set()));
      await this.#breathe();
      store.merge(MERGE_PAGES);
      await this.#breathe();
      if (this.#closed) return undefined;
    }
    const first = new Set<string>();
    for (const { text } of known) addTerms(text, first);
    const upTo = Math.min(shape.last, shape.lines);
    return { id, shape, words: await this.#words(id, 0, upTo, first) };
  }

  async #words(id: number, after: number, upTo: number, into: Set<string>): Promise<string> {
    for (let from = after; from < upTo; from += SLICE_LINES) {
      if (from > after) await this.#breathe();
      const lines = this.#deps.store.lines(id, from, Math.min(upTo, from + SLICE_LINES));
      for (const { text } of lines) addTerms(text, into);
    }
    return [...into].join(' ');
  }

  #write(documents: readonly Document[]): void {
    const { store } = this.#deps;
    if (documents.length === 0) return;
    store.transaction(() => {
      for (const { id, shape, words } of documents) {
        if (store.finish(id, shape)) store.add(id, 0, words);
      }
    });
  }
}
