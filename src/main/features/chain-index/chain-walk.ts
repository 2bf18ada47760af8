import { setTimeout as sleep } from 'node:timers/promises';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import type { RpcBlock, RpcBlockHead, RpcReceipt } from '../../eth/rpc-shapes.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import { type IndexRows, indexRows } from './index-rows.ts';
import type { BlockAt, IndexedChain, IndexStore } from './store.ts';

export interface WalkDependencies {
  store: IndexStore;
  /** The block that a chain was forked from. */
  forkBlock: (chain: string) => number | null;
  /** Whether a deployment goes to the chain. */
  isUsed: (chain: string) => boolean;
  /** So many blocks are still to be read. */
  onBehind: (chain: string, blocks: number) => void;
  /** What was read, while it is at hand. */
  onRead: (block: RpcBlock, receipts: readonly RpcReceipt[]) => void;
}

/** About so many transactions are read, and written, in one go. */
const TRANSACTIONS_AT_ONCE = 250;
const HEADS_AT_ONCE = 50;
const MOST_SWEPT_AT_ONCE = 2000;
const MOST_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 20_000;

/** For each millisecond of reading so many go by without, so that the chain is there for others. */
const REST = { used: 4, unused: 0.5 };
const LONGEST_REST_MS = 250;

const hex = (n: number): string => `0x${n.toString(16)}`;

/** How many blocks hold about as many transactions as are read in one go; at least one. */
function together(heads: readonly RpcBlockHead[]): number {
  let sent = 0;
  const end = heads.findIndex(({ transactions }) => {
    sent += transactions.length;
    return sent > TRANSACTIONS_AT_ONCE;
  });
  return end === -1 ? heads.length : Math.max(1, end);
}

/** Brings the index of one chain to its newest block. */
export class ChainWalk {
  readonly #deps: WalkDependencies;
  readonly #name: string;
  readonly #signal: AbortSignal;
  readonly #call: Rpc;

  constructor(deps: WalkDependencies, name: string, url: string, signal: AbortSignal) {
    this.#deps = deps;
    this.#name = name;
    this.#signal = signal;
    const asked = rpc(url, TIMEOUT_MS, { batch: true, maxBytes: MOST_BYTES });
    // Nothing is written once the data folder is being closed.
    this.#call = async <T>(method: string, params?: unknown[]) => {
      try {
        return await asked<T>(method, params);
      } finally {
        signal.throwIfAborted();
      }
    };
  }

  /**
   * Goes on from the last block that the chain still has. Returns whether the index holds what the
   * chain held a moment ago; false: it moved meanwhile, or can't be indexed. Rejects with RpcError.
   */
  async walk(): Promise<boolean> {
    const { store } = this.#deps;
    const tip = await this.#blockAt('latest', false);
    const newest = Number(tip?.number);
    // A fork may be beyond what can be counted exactly.
    if (!tip || !Number.isSafeInteger(newest)) return false;
    const chain = store.chain(this.#name);
    if (!chain) return false;
    if (chain.head?.hash === tip.hash) return true;
    // The first block of a chain is another one each time that it starts from a state.
    const first = Math.max(1, (this.#deps.forkBlock(this.#name) ?? -1) + 1);
    const at = await this.#commonBlock(chain, { first, newest, tip });
    if (at !== (chain.head?.number ?? null) && !store.cut(chain.id, chain.head, at)) return false;
    await this.#sweep(chain.id);
    if (newest < first) return true;
    this.#deps.onBehind(this.#name, newest - (at ?? first - 1));
    return this.#extend(chain.id, at ?? first - 1, tip);
  }

  /** The newest block of the index that the chain has, too; null: there is none. */
  async #commonBlock(
    { id, head }: IndexedChain,
    { first, newest, tip }: { first: number; newest: number; tip: RpcBlockHead },
  ): Promise<number | null> {
    const { store } = this.#deps;
    if (!head || store.first(id) !== first) return null;
    if (head.hash === tip.parentHash) return head.number;
    const isThere = async (number: number) =>
      (await this.#blockAt(hex(number), false))?.hash === store.hashAt(id, number);
    let low = first - 1;
    let high = Math.min(head.number, newest);
    if (high >= first && (await isThere(high))) return high;
    // What is there is there from the first block on.
    for (high -= 1; low < high; ) {
      const middle = Math.ceil((low + high) / 2);
      if (await isThere(middle)) low = middle;
      else high = middle - 1;
    }
    return low < first ? null : low;
  }

  async #sweep(id: number): Promise<void> {
    const { store } = this.#deps;
    if (!store.hasMore(id)) return;
    await inSmallSteps((count) => store.sweep(id, count), {
      ...{ first: 200, most: MOST_SWEPT_AT_ONCE, signal: this.#signal },
    });
  }

  /** @param from the number of the last block that is indexed */
  async #extend(id: number, from: number, tip: RpcBlockHead): Promise<boolean> {
    const { store } = this.#deps;
    const newest = Number(tip.number);
    let heads: RpcBlockHead[] = [];
    for (let number = from; number < newest; ) {
      const began = performance.now();
      const hash = store.hashAt(id, number);
      const before: BlockAt | null = hash === null ? null : { number, hash };
      if (heads.length === 0) {
        heads = number + 1 === newest ? [tip] : await this.#headsAfter(number, newest);
      }
      const next = heads.splice(0, together(heads));
      // In one request.
      const [blocks, receipts] = await Promise.all([this.#blocksOf(next), this.#receiptsOf(next)]);
      if (!blocks || !(await this.#follow(blocks, before))) return false;
      const rows = this.#rowsOf(blocks, receipts);
      if (!rows || !store.extend(id, before, rows)) return false;
      number += blocks.length;
      if (number < newest) await this.#rest(performance.now() - began);
    }
    return true;
  }

  async #headsAfter(number: number, newest: number): Promise<RpcBlockHead[]> {
    const count = Math.min(HEADS_AT_ONCE, newest - number);
    const heads = await Promise.all(
      Array.from({ length: count }, (_, i) => this.#blockAt(hex(number + 1 + i), false)),
    );
    return heads.filter((head) => head !== null);
  }

  /** null: one was taken back meanwhile. */
  async #blocksOf(heads: readonly RpcBlockHead[]): Promise<RpcBlock[] | null> {
    const blocks = await Promise.all(
      heads.map((head) =>
        head.transactions.length === 0
          ? { ...head, transactions: [] }
          : this.#blockAt(head.number, true),
      ),
    );
    const found = blocks.filter((block, i) => block?.hash === heads[i]?.hash);
    return found.length > 0 && found.length === heads.length ? (found as RpcBlock[]) : null;
  }

  /** Whether each is the block after the one before it. */
  async #follow(blocks: readonly RpcBlock[], before: BlockAt | null): Promise<boolean> {
    let at = before;
    for (const { parentHash, hash, number } of blocks) {
      // A chain that was started from a state may have other blocks than its blocks name.
      if (at && at.hash !== parentHash) {
        const there = await this.#blockAt(hex(at.number), false);
        if (there?.hash !== at.hash) return false;
      }
      at = { number: Number(number), hash };
    }
    return true;
  }

  #receiptsOf(heads: readonly RpcBlockHead[]): Promise<(RpcReceipt[] | null)[]> {
    return Promise.all(
      heads.map(({ number, transactions }) =>
        transactions.length === 0
          ? []
          : this.#call<RpcReceipt[] | null>('eth_getBlockReceipts', [number]),
      ),
    );
  }

  /** null: a block was taken back meanwhile. */
  #rowsOf(blocks: readonly RpcBlock[], all: readonly (RpcReceipt[] | null)[]): IndexRows[] | null {
    const rows: IndexRows[] = [];
    for (const [i, block] of blocks.entries()) {
      const receipts = all[i] ?? [];
      const isWhole = block.transactions.every(
        ({ hash }, at) =>
          receipts[at]?.transactionHash === hash && receipts[at].blockHash === block.hash,
      );
      if (!isWhole) return null;
      if (receipts.length > 0) this.#deps.onRead(block, receipts);
      rows.push(indexRows(block, receipts));
    }
    return rows;
  }

  async #blockAt(number: string, whole: true): Promise<RpcBlock | null>;
  async #blockAt(number: string, whole: false): Promise<RpcBlockHead | null>;
  #blockAt(number: string, whole: boolean): Promise<RpcBlock | RpcBlockHead | null> {
    return this.#call('eth_getBlockByNumber', [number, whole]);
  }

  async #rest(tookMs: number): Promise<void> {
    const factor = this.#deps.isUsed(this.#name) ? REST.used : REST.unused;
    await sleep(Math.min(tookMs * factor, LONGEST_REST_MS), undefined, { signal: this.#signal });
  }
}
