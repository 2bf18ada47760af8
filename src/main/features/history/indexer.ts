import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SearchStore } from './search-store.ts';
import { addTerms } from './terms.ts';

/** One piece of work; between two of them everything else has its turn. */
const SLICE_MS = 3;
const SLICE_LINES = 250;
/** While a deployment runs, indexing takes a small part of the time only. */
const PAUSE_WHILE_RUNNING_MS = 200;
const MERGE_PAGES = 8;
const RETRY_MS = 60_000;
const AT_ONCE = 50;

export interface IndexerParts {
  store: SearchStore;
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
 * Puts ended deployments into the search index, in small pieces between everything else. What has
 * to be indexed is a table that triggers fill, so that nothing is left out after a crash, and
 * several cores may index at the same time.
 */
export class Indexer {
  readonly #parts: IndexerParts;
  #working: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  /** There may be something to index. Returns at once. */
  wake(): void {
    if (this.#closed) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = this.#work()
      .catch((error: unknown) => {
        this.#parts.logger.warn({ err: error }, 'the search index could not be kept up to date');
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

  /** Ends after the piece that is being worked on. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#working;
  }

  async #work(): Promise<void> {
    const { store } = this.#parts;
    let some = false;
    while (!this.#closed) {
      const ids = store.pending(AT_ONCE);
      if (ids.length === 0) break;
      some = true;
      let ready: Document[] = [];
      let since = performance.now();
      for (const id of ids) {
        if (this.#closed) return;
        await this.#parts.beforeEach(id);
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
    if (this.#parts.store.isRunning()) await sleep(PAUSE_WHILE_RUNNING_MS);
    else await turn();
  }

  /** The words of a deployment. One with a long log is written part by part, all but the first. */
  async #read(id: number): Promise<Document | undefined> {
    const { store } = this.#parts;
    const about = store.about(id);
    if (!about) {
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
    for (const { text } of about.texts) addTerms(text, first);
    const upTo = Math.min(shape.last, shape.lines);
    return { id, shape, words: await this.#words(id, 0, upTo, first) };
  }

  async #words(id: number, after: number, upTo: number, into: Set<string>): Promise<string> {
    for (let from = after; from < upTo; from += SLICE_LINES) {
      if (from > after) await this.#breathe();
      const lines = this.#parts.store.lines(id, from, Math.min(upTo, from + SLICE_LINES));
      for (const { text } of lines) addTerms(text, into);
    }
    return [...into].join(' ');
  }

  #write(documents: readonly Document[]): void {
    const { store } = this.#parts;
    if (documents.length === 0) return;
    store.transaction(() => {
      for (const { id, shape, words } of documents) {
        if (store.finish(id, shape)) store.add(id, 0, words);
      }
    });
  }
}
