import type { UpstreamSettings, UpstreamStatus } from './control/protocol.ts';
import { Forwarder } from './forwarder.ts';

/** What forks start from, by chain. */
export class Forwarders {
  readonly #forwarders = new Map<string, Forwarder>();
  /** What is told is done in its order. */
  #last: Promise<unknown> = Promise.resolve();

  get size(): number {
    return this.#forwarders.size;
  }

  status(): UpstreamStatus[] {
    return [...this.#forwarders.values()].map((one) => one.status());
  }

  /** @throws Refused PORT_TAKEN: it stays known, and nothing listens */
  put(chain: string, settings: UpstreamSettings): Promise<UpstreamStatus> {
    return this.#next(async () => {
      const forwarder = this.#forwarders.get(chain) ?? new Forwarder(chain, settings);
      this.#forwarders.set(chain, forwarder);
      await forwarder.set(settings);
      return forwarder.status();
    });
  }

  /** @param puts leave it where it was put more often; absent: whatever it is */
  remove(chain: string, puts?: number): Promise<void> {
    return this.#next(async () => {
      const forwarder = this.#forwarders.get(chain);
      if (puts !== undefined && forwarder?.puts !== puts) return;
      this.#forwarders.delete(chain);
      await forwarder?.close();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#forwarders.keys()].map((chain) => this.remove(chain)));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
