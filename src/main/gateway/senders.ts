import type { Backend } from './backend.ts';

/** Of a flood, the last ones. */
const MOST_WAITING = 2000;
const AT_ONCE = 100;
const REST_MS = 200;
const HASH = /"(?:result|transactionHash)":\s*"(0x[0-9a-fA-F]{64})"/g;

export interface SendersOptions {
  backend(): Backend;
  /** Called with accounts in lower case. */
  sender(account: string, hasCreated: boolean): void;
}

/**
 * Finds out who sent the transactions that a chain has accepted: the node knows it, and takes less
 * time for it than a recovery from the signature would. Soon, and not while they are sent.
 */
export class Senders {
  readonly #options: SendersOptions;
  #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SendersOptions) {
    this.#options = options;
  }

  /** Collects the transaction hashes from responses to methods that send transactions. */
  accepted(answers: Buffer): void {
    for (const [, hash = ''] of answers.toString('latin1').matchAll(HASH)) this.#waiting.add(hash);
    for (const hash of this.#waiting) {
      if (this.#waiting.size <= MOST_WAITING) break;
      this.#waiting.delete(hash);
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.find(), REST_MS);
  }

  /** Resolves once all are found that were accepted before; what the node doesn't tell is left out. */
  async find(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const hashes = [...this.#waiting];
    this.#waiting = new Set();
    for (let at = 0; at < hashes.length; at += AT_ONCE) {
      const calls = hashes
        .slice(at, at + AT_ONCE)
        .map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] }));
      const answers = await this.#options
        .backend()
        .ask(calls)
        .catch(() => []);
      for (const { result } of answers) this.#told(result);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #told(transaction: unknown): void {
    if (typeof transaction !== 'object' || transaction === null) return;
    const { from, to } = transaction as { from?: unknown; to?: unknown };
    if (typeof from === 'string') this.#options.sender(from.toLowerCase(), to === null);
  }
}
