import type { ProcessRef } from '../../lib/process-ref.ts';
import type { DeploymentsStore } from './store.ts';

/** How often a queue checks for changes made by other cores, cancel requests among them, ms. */
const LOOK_EVERY_MS = 250;

export interface QueueDependencies {
  store: DeploymentsStore;
  owner: ProcessRef;
  isAlive: (core: ProcessRef) => boolean;
  /** Makes a queued run this core's running one; false when it still has to wait. */
  claim: (id: number) => boolean;
  /** Whether this core stays open, and so also runs what closed cores left in the queue. */
  stays: boolean;
  /** Runs a claimed deployment to its end. Never rejects. */
  run: (id: number, signal: AbortSignal) => Promise<void>;
  /** The table could not be read or written; this is retried. */
  onError: (error: unknown) => void;
}

/**
 * Runs what is queued: highest priority first, then in the order of requests; runs that share a
 * lock, such as a project or a chain, run one at a time. The queue is the table, so a core that
 * ends loses nothing, and a run is claimed with its locks in one transaction, so two cores never
 * run the same one. The end of a run, however it ends, starts the next.
 */
export class Queue {
  readonly #deps: QueueDependencies;
  readonly #active = new Map<number, { abort: AbortController; done: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(deps: QueueDependencies) {
    this.#deps = deps;
  }

  /** Starts what can be started now, and the rest later. */
  pump(): void {
    if (this.#closed) return;
    try {
      const waiting = this.#deps.store.waiting().filter(({ owner }) => this.#isOurs(owner));
      const left = waiting.filter(({ id }) => !this.#claim(id));
      this.#lookAgain(left.length > 0);
    } catch (error) {
      this.#deps.onError(error);
      this.#lookAgain(true);
    }
  }

  isActive(id: number): boolean {
    return this.#active.has(id);
  }

  /** Ends a run of this core; resolves when it has ended. */
  async cancel(id: number): Promise<void> {
    const run = this.#active.get(id);
    run?.abort.abort();
    await run?.done;
  }

  /** Ends every run of this core; queued runs stay queued. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { abort } of this.#active.values()) abort.abort();
    await Promise.all([...this.#active.values()].map((run) => run.done));
  }

  #claim(id: number): boolean {
    const isOurs = this.#deps.claim(id);
    if (isOurs) this.#start(id);
    return isOurs;
  }

  #start(id: number): void {
    const abort = new AbortController();
    const done = this.#deps.run(id, abort.signal).finally(() => {
      this.#active.delete(id);
      this.#turn();
    });
    this.#active.set(id, { abort, done });
  }

  #isOurs(owner: ProcessRef | null): boolean {
    const { owner: self, stays, isAlive } = this.#deps;
    if (owner?.pid === self.pid && owner.startedAt === self.startedAt) return true;
    return stays && (owner === null || !isAlive(owner));
  }

  #turn(): void {
    if (this.#closed) return;
    try {
      for (const id of this.#deps.store.cancelling()) this.#active.get(id)?.abort.abort();
    } catch (error) {
      this.#deps.onError(error);
    }
    this.pump();
  }

  #lookAgain(waiting: boolean): void {
    clearTimeout(this.#timer);
    if (this.#closed || (!waiting && this.#active.size === 0)) return;
    this.#timer = setTimeout(() => this.#turn(), LOOK_EVERY_MS);
  }
}
