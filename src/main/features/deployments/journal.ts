import { Wake } from '../../kit/wake.ts';
import type { JournalEvent } from './contract.ts';
import type { DeploymentsStore, NewEvent } from './store.ts';

const PAGE = 1000;

/**
 * The append-only list of a deployment's events. An event is in SQLite before anyone hears of it,
 * and every reader reads it from there.
 */
export class Journal {
  readonly #store: DeploymentsStore;
  readonly #wake = new Wake<number>();
  readonly #seq = new Map<number, number>();

  constructor(store: DeploymentsStore) {
    this.#store = store;
  }

  /** Writes the events, and whatever `also` writes, whole or not at all; then tells the readers. */
  append(id: number, events: readonly NewEvent[], also?: () => void): void {
    if (events.length === 0 && !also) return;
    const first = (this.#seq.get(id) ?? this.#store.lastSeq(id)) + 1;
    const last = this.#store.transaction(() => {
      const seq = this.#store.append(id, first, events);
      also?.();
      return seq;
    });
    this.#seq.set(id, last);
    this.#wake.notify(id);
  }

  /** No more events will come from here. */
  finish(id: number): void {
    this.#seq.delete(id);
    this.#wake.notify(id);
  }

  lastSeq(id: number): number {
    return this.#seq.get(id) ?? this.#store.lastSeq(id);
  }

  read(id: number, after: number, limit: number): JournalEvent[] {
    return this.#store.events(id, after, limit);
  }

  /**
   * Pages of events after `after`, then live ones. Ends after the event `isLast` accepts, after
   * about `limit` events, at an abort, or when nothing is left and `isOver` says so. Events that
   * another core writes are found by looking every `foreignMs`.
   */
  async *follow(
    id: number,
    options: {
      after: number;
      limit: number;
      isLast: (event: JournalEvent) => boolean;
      isOver: () => boolean;
      foreignMs?: number;
      signal?: AbortSignal;
    },
  ): AsyncGenerator<JournalEvent[], void> {
    let { after } = options;
    let left = options.limit;
    while (left > 0 && !options.signal?.aborted) {
      // Asked before reading: what is written after the answer wakes us.
      const over = options.isOver();
      const events = this.read(id, after, Math.min(PAGE, left));
      const last = events.at(-1);
      if (last) {
        after = last.seq;
        left -= events.length;
        yield events;
        if (options.isLast(last)) return;
      } else if (over) {
        return;
      } else {
        await this.#wake.next(id, options.signal, options.foreignMs);
      }
    }
  }
}
