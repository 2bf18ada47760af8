import { Notifier } from '../../lib/notifier.ts';
import type { DeploymentStatus, JournalEvent } from '../../shared/run.ts';
import type { NewEvent } from './journal-store.ts';
import type { StatusEvent } from './status-changes.ts';
import type { DeploymentsStore } from './store.ts';

const PAGE = 1000;

/**
 * The append-only list of a deployment's events. An event is in SQLite before any reader receives
 * it, and every reader reads it from there.
 */
export class Journal {
  readonly #store: DeploymentsStore;
  readonly #onStatus: (id: number, event: StatusEvent) => void;
  readonly #notifier = new Notifier<number>();

  /** @param onStatus called for each entry that changes a status, within its transaction */
  constructor(store: DeploymentsStore, onStatus: (id: number, event: StatusEvent) => void) {
    this.#store = store;
    this.#onStatus = onStatus;
  }

  /**
   * Writes the events, and whatever `also` writes, in one transaction; then notifies the readers. A
   * status changes only through its event. Several cores may write the same journal in turn.
   */
  append(id: number, events: readonly NewEvent[], also?: () => void): void {
    if (events.length === 0 && !also) return;
    this.#store.transaction(() => {
      this.#store.append(id, this.#store.lastSeq(id) + 1, events);
      also?.();
      for (const event of events) if (event.type === 'status') this.#onStatus(id, event);
    });
    this.#notifier.notify(id);
  }

  /** Changes the status if it is still `from`. Otherwise returns false and writes nothing. */
  move(id: number, from: DeploymentStatus, to: DeploymentStatus, also?: () => void): boolean {
    return this.#store.transaction(() => {
      if (this.#store.status(id) !== from) return false;
      this.append(id, [{ at: Date.now(), type: 'status', status: to }], also);
      return true;
    });
  }

  /** This core writes no more events to the journal. */
  finish(id: number): void {
    this.#notifier.notify(id);
  }

  lastSeq(id: number): number {
    return this.#store.lastSeq(id);
  }

  read(id: number, after: number, limit: number): JournalEvent[] {
    return this.#store.events(id, after, limit);
  }

  /**
   * Pages of events after `after`, then live ones. Ends after the event that `isLast` accepts,
   * after about `limit` events, on abort, or when no events remain and `isOver` returns true. Looks
   * for events of other cores every `foreignMs`.
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
      // Checked before reading: an event that is written after this check wakes the loop.
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
        await this.#notifier.next(id, options.signal, options.foreignMs);
      }
    }
  }
}
