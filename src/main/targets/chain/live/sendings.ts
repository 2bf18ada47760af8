import type { Rpc } from '../../../eth/rpc.ts';
import { RpcError } from '../../../eth/rpc.ts';
import type { LiveRuns, SignedTransaction } from './reviewed-run.ts';

/** A signed transaction that is in a block. */
export interface Landed {
  nonce: number;
  hash: string;
  block: number;
  succeeded: boolean;
}

/** https://ethereum.github.io/execution-apis: a receipt, as far as it is read here. */
interface Receipt {
  status: string;
  blockNumber: string;
  transactionHash: string;
}

/**
 * Everything that was signed for a review, by any of its runs, and where it stands on the network.
 * Of several signatures with one nonce, each pays more than the one before; at most one can land.
 */
export class Sendings {
  readonly #review: number;
  readonly #kept: Pick<LiveRuns, 'signed' | 'noteSigned'>;
  readonly #call: Rpc;
  readonly #byNonce = new Map<number, SignedTransaction[]>();

  constructor(review: number, kept: Pick<LiveRuns, 'signed' | 'noteSigned'>, call: Rpc) {
    this.#review = review;
    this.#kept = kept;
    this.#call = call;
    for (const one of kept.signed(review)) this.#add(one);
  }

  /** How many transactions, each counted once. */
  get count(): number {
    return this.#byNonce.size;
  }

  nonces(): number[] {
    return [...this.#byNonce.keys()].sort((a, b) => a - b);
  }

  /** The one that pays most. */
  last(nonce: number): SignedTransaction | undefined {
    return this.#byNonce.get(nonce)?.at(-1);
  }

  /** Durable once it returns; the network must not hear of it before. */
  note(signed: SignedTransaction): void {
    this.#kept.noteSigned(this.#review, signed);
    this.#add(signed);
  }

  /** Rejects unless the network has it then. It may have had it before. */
  async pass({ hash, raw }: SignedTransaction): Promise<void> {
    try {
      await this.#call('eth_sendRawTransaction', [raw]);
    } catch (error) {
      if (await this.knows(hash).catch(() => false)) return;
      if (error instanceof RpcError && error.mayBeDone) {
        throw new Error(`${error.message}. ${hash} is signed, and may have arrived.`);
      }
      throw error;
    }
  }

  /** Whether the network has it, in a block or waiting for one. */
  async knows(hash: string): Promise<boolean> {
    return (await this.#call('eth_getTransactionByHash', [hash])) !== null;
  }

  /** Whichever of a nonce is in a block; null: none is. */
  async landed(nonce: number): Promise<Landed | null> {
    const receipt = await this.#receipt(this.#byNonce.get(nonce) ?? []);
    return receipt && landedAs(nonce, receipt);
  }

  /** The hash under which it has landed, or may land: another one where it was replaced. */
  async currentHash(hash: string): Promise<string> {
    const all = this.#like(hash);
    if (all.length < 2) return hash;
    return (await this.#receipt(all))?.transactionHash ?? (all.at(-1)?.hash as string);
  }

  /**
   * A reply about a transaction, for a tool that knows only the hash it was given: what has replaced
   * it is described under that hash.
   *
   * @param field of the reply, that holds its hash
   */
  async replyFor(method: string, params: unknown, field: string): Promise<unknown> {
    const [hash, ...more] = Array.isArray(params) ? params : [];
    const all = typeof hash === 'string' ? this.#like(hash) : [];
    const current = all.length < 2 ? hash : await this.currentHash(hash);
    const reply = await this.#call<object | null>(method, [current, ...more]);
    return reply === null || current === hash ? reply : { ...reply, [field]: hash };
  }

  #like(hash: string): readonly SignedTransaction[] {
    const same = hash.toLowerCase();
    for (const all of this.#byNonce.values()) {
      if (all.some((one) => one.hash === same)) return all;
    }
    return [];
  }

  async #receipt(all: readonly SignedTransaction[]): Promise<Receipt | null> {
    for (const { hash } of all.toReversed()) {
      const receipt = await this.#call<Receipt | null>('eth_getTransactionReceipt', [hash]);
      if (receipt) return receipt;
    }
    return null;
  }

  #add(signed: SignedTransaction): void {
    this.#byNonce.set(signed.nonce, [...(this.#byNonce.get(signed.nonce) ?? []), signed]);
  }
}

const landedAs = (nonce: number, { status, blockNumber, transactionHash }: Receipt): Landed => ({
  ...{ nonce, hash: transactionHash },
  block: Number(blockNumber),
  succeeded: BigInt(status) === 1n,
});
