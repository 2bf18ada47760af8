import type { RpcBlock, RpcReceipt } from '../../eth/rpc-shapes.ts';

/** A block with the receipts of its transactions, in their order. */
export interface ReadBlock {
  block: RpcBlock;
  receipts: readonly RpcReceipt[];
}

const MOST_TRANSACTIONS = 1000;

/** Blocks that were just read, for those who need them next. */
export class ReadBlocks {
  readonly #blocks = new Map<string, ReadBlock>();
  #transactions = 0;

  put(block: RpcBlock, receipts: readonly RpcReceipt[]): void {
    this.take(block.hash);
    this.#blocks.set(block.hash, { block, receipts });
    this.#transactions += receipts.length;
    for (const [hash] of this.#blocks) {
      if (this.#transactions <= MOST_TRANSACTIONS) return;
      this.take(hash);
    }
  }

  /** null: it is not at hand any more. */
  take(hash: string): ReadBlock | null {
    const found = this.#blocks.get(hash) ?? null;
    if (found) this.#transactions -= found.receipts.length;
    this.#blocks.delete(hash);
    return found;
  }
}
