import type { UpstreamSettings, UpstreamStatus } from './control/protocol.ts';
import { Forwarder } from './forwarder.ts';
import { Revisions } from './revisions.ts';

/** What forks start from, by chain. */
export class Forwarders {
  readonly #forwarders = new Map<string, Forwarder>();
  readonly #revisions = new Revisions();
  /** What is told is done in its order. */
  #last: Promise<unknown> = Promise.resolve();

  get size(): number {
    return this.#forwarders.size;
  }

  status(): UpstreamStatus[] {
    return [...this.#forwarders.values()].map((one) => this.#statusOf(one));
  }

  /**
   * @param revision what was seen of it; absent: whatever it is
   * @throws Refused PORT_TAKEN: it stays known, and nothing listens; LATE
   */
  put(chain: string, settings: UpstreamSettings, revision?: number): Promise<UpstreamStatus> {
    return this.#next(async () => {
      this.#revisions.begin(chain, revision);
      const forwarder = this.#forwarders.get(chain) ?? new Forwarder(chain, settings);
      this.#forwarders.set(chain, forwarder);
      await forwarder.set(settings);
      return this.#statusOf(forwarder);
    });
  }

  /** @param revision leave it where it is another one; absent: whatever it is */
  remove(chain: string, revision?: number): Promise<void> {
    return this.#next(async () => {
      if (this.#revisions.isLate(chain, revision)) return;
      const forwarder = this.#forwarders.get(chain);
      this.#forwarders.delete(chain);
      this.#revisions.end(chain);
      await forwarder?.close();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#forwarders.keys()].map((chain) => this.remove(chain)));
  }

  #statusOf(forwarder: Forwarder): UpstreamStatus {
    return { ...forwarder.status(), revision: this.#revisions.of(forwarder.chain) };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
