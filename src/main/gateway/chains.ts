import { ChainThread } from './chain-thread.ts';
import type { ChainSettings, ChainStatus } from './control/protocol.ts';
import type { Tell } from './event-ring.ts';
import { Refused } from './refused.ts';
import { Revisions } from './revisions.ts';
import type { StateFile } from './state-file.ts';

/** The chains that are served, by name. */
export class Chains {
  readonly #chains = new Map<string, ChainThread>();
  readonly #around: { tell: Tell; state: StateFile };
  readonly #revisions = new Revisions();
  /** What is told of a chain is done in its order. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(tell: Tell, state: StateFile) {
    this.#around = { tell, state };
  }

  get size(): number {
    return this.#chains.size;
  }

  status(): Promise<ChainStatus[]> {
    return Promise.all([...this.#chains].map(([name, chain]) => this.#statusOf(name, chain)));
  }

  /**
   * As it is once all is done that was told before. null: it is not known any more, and has let its
   * port go.
   */
  settled(name: string): Promise<ChainStatus | null> {
    return this.#next(async () => {
      const chain = this.#chains.get(name);
      return chain ? this.#statusOf(name, chain) : null;
    });
  }

  /** @throws Refused NOT_FOUND */
  require(name: string): ChainThread {
    const chain = this.#chains.get(name);
    if (chain) return chain;
    throw new Refused(404, 'NOT_FOUND', `The gateway has no chain "${name}".`);
  }

  /**
   * Serves a chain, or does so as it is told now. The same settings again change nothing.
   *
   * @param revision what was seen of it; absent: whatever it is
   * @throws Refused PORT_TAKEN: the chain stays known, and nothing listens at the port; LATE
   */
  put(name: string, settings: ChainSettings, revision?: number): Promise<ChainStatus> {
    return this.#next(async () => {
      this.#revisions.begin(name, revision);
      const known = this.#chains.get(name);
      const isOther = known?.isOther(settings) ?? true;
      if (isOther) await known?.close();
      const chain = known && !isOther ? known : new ChainThread(name, settings, this.#around);
      this.#chains.set(name, chain);
      await chain.set(settings);
      return this.#statusOf(name, chain);
    });
  }

  /** @param revision leave it where it is another one; absent: whatever it is */
  remove(name: string, revision?: number): Promise<void> {
    return this.#next(async () => {
      if (this.#revisions.isLate(name, revision)) return;
      const chain = this.#chains.get(name);
      this.#chains.delete(name);
      this.#revisions.end(name);
      await chain?.close();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#chains.keys()].map((name) => this.remove(name)));
  }

  async #statusOf(name: string, chain: ChainThread): Promise<ChainStatus> {
    return { ...(await chain.status()), revision: this.#revisions.of(name) };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
