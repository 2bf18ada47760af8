import type { ProcessRef } from '../../engines/engine.ts';
import type { DeploymentsStore } from './store.ts';

/** How often a queue looks again that waits for another core, or for a cancel from one. */
const LOOK_EVERY_MS = 250;

export interface QueueParts {
  store: DeploymentsStore;
  owner: ProcessRef;
  isAlive: (core: ProcessRef) => boolean;
  /** At most so many runs at once, over all cores of the data folder. */
  limit: () => number;
  /** Whether this core stays open, and so also runs what a core that is gone has left waiting. */
  stays: boolean;
  /** Runs a claimed one to its end. Never rejects. */
  run: (id: number, signal: AbortSignal) => Promise<void>;
  /** The table could not be read or written just now; it is tried again. */
  onError: (error: unknown) => void;
}

/**
 * Runs what waits: the highest priority first, then in the order of asking; one at a time for a
 * project and for a network. The waiting list is the table, so nothing is lost with a core, and
 * claiming a run is one statement in it, so two cores never run the same one. Whatever happens to
 * a run, its end starts the next.
 */
export class Queue {
  readonly #parts: QueueParts;
  readonly #active = new Map<number, { abort: AbortController; done: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Starts what can be started now. */
  pump(): void {
    if (this.#closed) return;
    const { store, owner } = this.#parts;
    let left = 0;
    for (const row of store.waiting()) {
      if (!this.#isOurs(row.owner)) continue;
      if (store.claim(row.id, owner, this.#parts.limit())) this.#start(row.id);
      else left++;
    }
    this.#lookAgain(left > 0);
  }

  isActive(id: number): boolean {
    return this.#active.has(id);
  }

  /** Ends a run of this core; resolves when it is over. */
  async cancel(id: number): Promise<void> {
    const run = this.#active.get(id);
    run?.abort.abort();
    await run?.done;
  }

  /** Ends every run of this core; what waits stays waiting. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { abort } of this.#active.values()) abort.abort();
    await Promise.all([...this.#active.values()].map((run) => run.done));
  }

  #start(id: number): void {
    const abort = new AbortController();
    const done = this.#parts.run(id, abort.signal).finally(() => {
      this.#active.delete(id);
      this.#turn();
    });
    this.#active.set(id, { abort, done });
  }

  #isOurs(owner: ProcessRef | null): boolean {
    const { owner: self, stays, isAlive } = this.#parts;
    if (owner?.pid === self.pid && owner.startedAt === self.startedAt) return true;
    return stays && (owner === null || !isAlive(owner));
  }

  #turn(): void {
    if (this.#closed) return;
    try {
      for (const id of this.#parts.store.cancelling()) this.#active.get(id)?.abort.abort();
      this.pump();
    } catch (error) {
      this.#parts.onError(error);
      this.#lookAgain(true);
    }
  }

  #lookAgain(waiting: boolean): void {
    clearTimeout(this.#timer);
    if (this.#closed || (!waiting && this.#active.size === 0)) return;
    this.#timer = setTimeout(() => this.#turn(), LOOK_EVERY_MS);
  }
}
