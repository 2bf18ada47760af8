import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlockHead } from '../../eth/rpc-shapes.ts';
import type { ChainIndex } from './chain-index.ts';
import type { BeforeTransaction } from './contract/transactions.ts';
import { findTransaction, type RecordedOf } from './found-transaction.ts';
import type { ExplorerStore } from './store.ts';

/** A snapshot of a chain, and the block that it stands on. */
export interface ChainSnapshot {
  id: number;
  name: string;
  automatic: boolean;
  blockNumber: number;
  blockHash: string;
  createdAt: number;
}

/** Of a chain. */
export type SnapshotsOf = (chain: string) => readonly ChainSnapshot[];

/** Hash of the block before a recorded one; null: it was not recorded. */
export type ParentOf = (chain: string, block: string) => string | null;

interface BeforeParts {
  index: ChainIndex;
  recordedOf: RecordedOf;
  store: ExplorerStore;
  snapshotsOf: SnapshotsOf;
  parentOf: ParentOf;
}

/**
 * The last snapshot of what a chain was before one of its transactions, also before one that a revert
 * took back. Throws TRANSACTION_NOT_FOUND.
 */
export async function beforeTransaction(
  from: ReadNetwork,
  parts: BeforeParts,
  hash: string,
): Promise<BeforeTransaction> {
  if (!from.isOwn)
    return nothing(`${from.name} is no chain of Drydock: nothing on it is reverted.`);
  const { transaction, block } = await findTransaction(from, parts, hash);
  if (!block) return nothing('It is not mined yet: there is nothing to take back.');
  const past = new Past(from, parts, Number(block.number) - 1, block.parentHash);
  const earlier = parts
    .snapshotsOf(from.name)
    .filter(({ blockNumber }) => blockNumber < Number(block.number))
    .sort((a, b) => b.blockNumber - a.blockNumber || b.createdAt - a.createdAt);
  for (const { blockHash, ...one } of earlier) {
    if (!(await past.has(one.blockNumber, blockHash))) continue;
    const { id, name, automatic, blockNumber, createdAt } = one;
    const isFirst = BigInt(transaction.transactionIndex ?? 0) === 0n;
    return {
      snapshot: { id, name, automatic, blockNumber, createdAt },
      isExact: blockHash === block.parentHash && isFirst,
      problem: null,
    };
  }
  return nothing(
    `${from.name} has no snapshot of what it was before it. One is taken before each deployment; take others with S, or "drydock chain snapshot ${from.name}".`,
  );
}

/** The blocks before one, which a revert may have taken back as well: as far as they are recorded. */
class Past {
  readonly #from: ReadNetwork;
  readonly #parentOf: ParentOf;
  readonly #index: ChainIndex;
  /** The earliest that is known not to be of the chain as it is now, or the first one that may be. */
  #height: number;
  #hash: string;
  #isOfChain = false;

  constructor(
    from: ReadNetwork,
    { parentOf, index }: Pick<BeforeParts, 'parentOf' | 'index'>,
    height: number,
    hash: string,
  ) {
    this.#from = from;
    this.#parentOf = parentOf;
    this.#index = index;
    this.#height = height;
    this.#hash = hash;
  }

  /** Asked about lower and lower blocks. */
  async has(height: number, hash: string): Promise<boolean> {
    while (!this.#isOfChain && this.#height >= height) {
      if (this.#height === height && this.#hash === hash) return true;
      if ((await this.#hashAt(this.#height)) === this.#hash) this.#isOfChain = true;
      else if (this.#height === height) return false;
      else {
        const parent = this.#parentOf(this.#from.name, this.#hash);
        if (parent === null) return false;
        this.#hash = parent;
        this.#height--;
      }
    }
    return this.#isOfChain && height <= this.#height && (await this.#hashAt(height)) === hash;
  }

  async #hashAt(height: number): Promise<string | null> {
    const recorded = this.#from.isStopped ? this.#recordedAt(height) : null;
    if (recorded !== null) return recorded;
    const asked = [`0x${height.toString(16)}`, false];
    const block = await this.#from.call<RpcBlockHead | null>('eth_getBlockByNumber', asked);
    return block?.hash ?? null;
  }

  /** Of a block that the index has, or that is before one of which transactions were recorded. */
  #recordedAt(height: number): string | null {
    const head = this.#index.head(this.#from.name);
    if (!head) return null;
    const [next, block] = this.#index.blocks(head, height + 1, 2);
    const found = [next, block].find((one) => one?.number === height);
    if (found) return found.hash;
    return next?.number === height + 1 ? this.#parentOf(this.#from.name, next.hash) : null;
  }
}

const nothing = (problem: string): BeforeTransaction => ({
  ...{ snapshot: null, isExact: false, problem },
});
