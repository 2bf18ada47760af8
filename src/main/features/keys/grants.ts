import type { Terms } from '../../signer/control/terms.ts';
import type { KeySigner } from '../../targets/chain/live/key-signer.ts';
import type { KeyProcess } from './key-process.ts';

/** How long an unlocked key waits for its run. */
export const GRANT_MS = 60_000;

interface Grant {
  process: KeyProcess;
  address: string;
  /** Unix time, ms. */
  until: number;
}

/** Keys that are unlocked, each in a process of its own. */
export class Grants {
  readonly #grants = new Map<string, Grant>();
  readonly #taken = new Set<KeyProcess>();
  readonly #changed: (name: string) => void;

  /** @param changed called when a grant begins or ends */
  constructor(changed: (name: string) => void) {
    this.#changed = changed;
  }

  /** Unix time, ms; null: it is locked. */
  until(name: string): number | null {
    return this.#grants.get(name)?.until ?? null;
  }

  async add(name: string, process: KeyProcess, address: string): Promise<void> {
    await this.end(name);
    const grant = { process, address, until: Date.now() + GRANT_MS };
    this.#grants.set(name, grant);
    void process.ended.then(() => this.#forget(name, grant));
    this.#changed(name);
  }

  /** It is out of reach for anything else from then on. undefined: it is locked. */
  async take(name: string, terms: Terms): Promise<KeySigner | undefined> {
    const grant = this.#grants.get(name);
    if (!grant) return undefined;
    this.#forget(name, grant);
    const { process, address } = grant;
    this.#taken.add(process);
    await process.order({ terms });
    return {
      address,
      async sign(transaction) {
        const { raw } = await process.order({ sign: transaction });
        if (raw === undefined) throw new Error('The key has signed nothing.');
        return raw;
      },
      [Symbol.asyncDispose]: async () => {
        this.#taken.delete(process);
        await process.end();
      },
    };
  }

  async end(name: string): Promise<void> {
    const grant = this.#grants.get(name);
    if (!grant) return;
    this.#forget(name, grant);
    await grant.process.end();
  }

  /** Ends every process that holds a key. */
  async close(): Promise<void> {
    const all = [...[...this.#grants.values()].map(({ process }) => process), ...this.#taken];
    this.#grants.clear();
    this.#taken.clear();
    await Promise.all(all.map((process) => process.end()));
  }

  #forget(name: string, grant: Grant): void {
    if (this.#grants.get(name) !== grant) return;
    this.#grants.delete(name);
    this.#changed(name);
  }
}
