import { isSameProcess, type ProcessRef } from '../../lib/process-ref.ts';
import type { Liveness } from '../../lib/processes/processes.ts';
import type { DeploymentsStore } from './store.ts';

/** How often a queue checks for changes made by other cores, cancel requests among them, ms. */
const LOOK_EVERY_MS = 250;
/** How often it looks whether the cores that other queued runs belong to are still there, ms. */
const LOOK_AT_OWNERS_EVERY_MS = 1000;

export interface QueueDependencies extends Liveness {
  store: DeploymentsStore;
  owner: ProcessRef;
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
  #lookedAtOwners = Number.NEGATIVE_INFINITY;

  constructor(deps: QueueDependencies) {
    this.#deps = deps;
  }

  /** Starts what can be started now, and the rest later. */
  pump(): void {
    if (this.#closed) return;
    try {
      const all = this.#deps.store.waiting();
      const waiting = all.filter(({ owner }) => this.#isOurs(owner));
      const left = waiting.filter(({ id }) => !this.#claim(id));
      this.#lookAgain(left.length > 0);
      const others = all.flatMap(({ owner }) => (owner && !this.#isOurs(owner) ? [owner] : []));
      if (this.#deps.stays && others.length > 0) void this.#lookAtOwners(others);
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
    const { owner: self, stays, isGone } = this.#deps;
    if (owner !== null && isSameProcess(owner, self)) return true;
    return stays && (owner === null || isGone(owner));
  }

  /** What belongs to a core that is found to be gone is this one's from then on. */
  async #lookAtOwners(owners: readonly ProcessRef[]): Promise<void> {
    const now = performance.now();
    if (now - this.#lookedAtOwners < LOOK_AT_OWNERS_EVERY_MS) return;
    this.#lookedAtOwners = now;
    try {
      const alive = await Promise.all(owners.map(this.#deps.isAlive));
      if (alive.includes(false)) this.pump();
    } catch (error) {
      this.#deps.onError(error);
    }
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
