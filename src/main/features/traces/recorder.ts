import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
} from '../../eth/inside/recorded-transaction.ts';
import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import type { RpcBlock, RpcBlockHead, RpcReceipt } from '../../eth/rpc-shapes.ts';
import { messageOf } from '../../shared/errors.ts';
import { type PackedTransaction, packCode, packTransaction } from './packed.ts';
import type { PackedBlock, TracedChain, TracesStore } from './store.ts';

export interface RecorderDependencies {
  store: TracesStore;
  logger: Logger;
  /** Address of a chain that runs; null: it doesn't. */
  chainUrl: (chain: string) => Promise<string | null>;
  /** The block that it was forked from. */
  forkBlock: (chain: string) => number | null;
  /** Whether a deployment goes to the chain. */
  isUsed: (chain: string) => boolean;
}

/** What lies further back is not caught up on. */
const MOST_BLOCKS = 5000;
/** Blocks that are read at once, and those that are compared at once. */
const READ_BLOCKS = 10;
const COMPARED_BLOCKS = 50;
/** Transactions that are traced in one batch. */
const TRACED_AT_ONCE = 4;
/** A trace that is larger is not recorded. */
const MOST_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** For each millisecond of tracing so many go by without, so that the chain is there for others. */
const REST = { used: 4, unused: 1 };
const LONGEST_REST_MS = 250;

const hex = (n: number): string => `0x${n.toString(16)}`;

/** The chain was taken elsewhere while it was read. */
class Moved extends Error {}

/** A block that was read; of the first one that is wanted, the one before isn't known. */
interface Position {
  number: number;
  hash: string | null;
}

/** Records the mined transactions of one chain that are not recorded yet. */
export class ChainRecorder {
  readonly #deps: RecorderDependencies;
  readonly #name: string;
  readonly #signal: AbortSignal;
  readonly #batched: Rpc;
  readonly #single: Rpc;
  /** What the chain did not give of what was asked. */
  readonly #missing: { count: number; example?: object } = { count: 0 };

  constructor(deps: RecorderDependencies, name: string, url: string, signal: AbortSignal) {
    this.#deps = deps;
    this.#name = name;
    this.#signal = signal;
    const call = (batch: boolean): Rpc => {
      const asked = rpc(url, TIMEOUT_MS, { batch, maxBytes: MOST_BYTES });
      // Nothing is written once the data folder is being closed.
      return async <T>(method: string, params?: unknown[]) => {
        try {
          return await asked<T>(method, params);
        } finally {
          signal.throwIfAborted();
        }
      };
    };
    this.#batched = call(true);
    this.#single = call(false);
  }

  /**
   * Goes on where it was left, up to the newest block. Returns the bytes that were recorded, and
   * whether the chain was moved meanwhile, so that there is more. Rejects with RpcError.
   */
  async record(): Promise<{ bytes: number; moved: boolean }> {
    const chain = this.#deps.store.chain(this.#name);
    if (!chain) return { bytes: 0, moved: false };
    const done = { bytes: 0 };
    try {
      await this.#recordFrom(chain, done);
      return { ...done, moved: false };
    } catch (error) {
      if (error instanceof Moved) return { ...done, moved: true };
      throw error;
    } finally {
      const { count, example } = this.#missing;
      const what = { chain: this.#name, traces: count, ...example };
      if (count > 0) this.#deps.logger.info(what, 'some of what was mined could not be recorded');
    }
  }

  async #recordFrom(chain: TracedChain, done: { bytes: number }): Promise<void> {
    const tip = await this.#blockAt('latest', true);
    const newest = Number(tip?.number);
    // A fork may be beyond what can be counted exactly.
    if (!tip || !Number.isSafeInteger(newest)) return;
    const { seen } = chain;
    if (seen && seen.hash === tip.hash) return;
    if (seen && seen.hash === tip.parentHash) {
      this.#note(chain, await this.#recordBlocks(chain, seen, [tip], done));
      return;
    }
    let at = await this.#lastSeen(chain, newest);
    this.#note(chain, at);
    while (at.number < newest) {
      const count = Math.min(READ_BLOCKS, newest - at.number);
      const blocks = await Promise.all(
        Array.from({ length: count }, (_, i) => this.#blockAt(hex(at.number + i + 1), true)),
      );
      at = await this.#recordBlocks(chain, at, blocks, done);
      this.#note(chain, at);
    }
  }

  /** Blocks that follow one another. Returns the last one. */
  async #recordBlocks(
    chain: TracedChain,
    before: Position,
    blocks: readonly (RpcBlock | null)[],
    done: { bytes: number },
  ): Promise<Position> {
    const { store } = this.#deps;
    const found: PackedBlock[] = [];
    let at = before;
    for (const block of blocks) {
      if (!block || !(await this.#follows(block, at))) throw new Moved();
      at = { number: at.number + 1, hash: block.hash };
      if (block.transactions.length === 0 || store.isThere(chain.id, block.hash)) continue;
      found.push(await this.#packed(block));
    }
    if (found.length === 0) return at;
    // Of what a revert has taken back, a chain gives traces without anything in them.
    const still = await this.#blockAt(hex(at.number), false);
    if (still?.hash !== at.hash) throw new Moved();
    for (const block of found) {
      const codes = await this.#unknownCodes(block.transactions);
      done.bytes += store.add(chain.id, { ...block, codes }) ?? 0;
    }
    return at;
  }

  /** A chain that was started from a state has another first block than its second one names. */
  async #follows({ parentHash }: RpcBlock, { number, hash }: Position): Promise<boolean> {
    if (hash === null || parentHash === hash) return true;
    return (await this.#blockAt(hex(number), false))?.hash === hash;
  }

  #note({ id, seen }: TracedChain, { number, hash }: Position): void {
    if (hash !== null && hash !== seen?.hash) this.#deps.store.seen(id, { number, hash });
  }

  /** Where to go on. What is recorded of blocks that the chain has no more is marked. */
  async #lastSeen({ id, seen }: TracedChain, newest: number): Promise<Position> {
    const { store } = this.#deps;
    const own = (this.#deps.forkBlock(this.#name) ?? -1) + 1;
    const first = Math.max(own, newest - MOST_BLOCKS + 1);
    const before: Position = { number: first - 1, hash: null };
    if (seen && seen.number >= own && seen.number <= newest) {
      const there = await this.#blockAt(hex(seen.number), false);
      if (there?.hash === seen.hash) return seen.number < first ? before : seen;
    }
    store.takeBackOutside(id, own, newest);
    for (let from = newest + 1; ; ) {
      const blocks = store.newest(id, from, COMPARED_BLOCKS);
      const heads = await Promise.all(
        blocks.map(({ number }) => this.#blockAt(hex(number), false)),
      );
      const there = blocks.findIndex(({ hash }, i) => heads[i]?.hash === hash);
      store.takeBack(there === -1 ? blocks : blocks.slice(0, there));
      const last = blocks[there];
      if (last) return last.number < first ? before : last;
      const lowest = blocks.at(-1);
      if (!lowest) return before;
      from = lowest.number;
    }
  }

  async #packed(block: RpcBlock): Promise<PackedBlock> {
    // In one request with the first traces.
    const asked = this.#receiptsOf(block);
    asked.catch(() => undefined);
    const packed: PackedTransaction[] = [];
    for (let i = 0; i < block.transactions.length; i += TRACED_AT_ONCE) {
      const began = performance.now();
      const some = block.transactions.slice(i, i + TRACED_AT_ONCE);
      const traced = await Promise.all(some.map(({ hash }) => this.#traced(hash)));
      const receipts = await asked;
      const took = performance.now() - began;
      for (const [at, transaction] of some.entries()) {
        const receipt = receipts.get(transaction.hash);
        if (!receipt) throw new Moved();
        const parts = traced[at] ?? { trace: null, preState: null };
        packed.push(await packTransaction({ transaction, receipt, ...parts }));
      }
      await this.#rest(took);
    }
    const { transactions: _, ...head } = block;
    const stored = { number: Number(block.number), hash: block.hash, head: JSON.stringify(head) };
    return { ...stored, transactions: packed };
  }

  async #receiptsOf({ number }: RpcBlock): Promise<Map<string, RpcReceipt>> {
    const all = await this.#batched<RpcReceipt[] | null>('eth_getBlockReceipts', [number]);
    return new Map((all ?? []).map((one) => [one.transactionHash, one]));
  }

  /** What the chain doesn't give is left out, and the log says so. */
  async #traced(hash: string): Promise<{ trace: TracedCall | null; preState: PreState | null }> {
    const [trace, preState] = await Promise.all([
      this.#trace<TracedCall>(hash, CALL_TRACER),
      this.#trace<PreState>(hash, PRE_STATE_TRACER),
    ]);
    return { trace: typeof trace?.type === 'string' ? trace : null, preState };
  }

  async #trace<T>(hash: string, tracer: object): Promise<T | null> {
    try {
      const asked = this.#batched<T>('debug_traceTransaction', [hash, tracer]).catch((error) => {
        if (!(error instanceof RpcError && error.unreachable)) throw error;
        // Together they may have been too much.
        return this.#single<T>('debug_traceTransaction', [hash, tracer]);
      });
      return await asked;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      this.#missing.count++;
      this.#missing.example ??= { transaction: hash, ...tracer, reason: messageOf(error) };
      return null;
    }
  }

  async #unknownCodes(packed: readonly PackedTransaction[]): Promise<Map<string, Uint8Array>> {
    const codes = new Map<string, Uint8Array>();
    for (const { hash, code } of packed.flatMap((one) => one.codes)) {
      const digits = hash.toString('hex');
      if (codes.has(digits) || this.#deps.store.hasCode(hash)) continue;
      codes.set(digits, await packCode(code));
      this.#signal.throwIfAborted();
    }
    return codes;
  }

  async #blockAt(number: string, whole: true): Promise<RpcBlock | null>;
  async #blockAt(number: string, whole: false): Promise<RpcBlockHead | null>;
  #blockAt(number: string, whole: boolean): Promise<RpcBlock | RpcBlockHead | null> {
    return this.#batched('eth_getBlockByNumber', [number, whole]);
  }

  async #rest(tookMs: number): Promise<void> {
    const factor = this.#deps.isUsed(this.#name) ? REST.used : REST.unused;
    const ms = Math.min(tookMs * factor, LONGEST_REST_MS);
    await sleep(ms, undefined, { signal: this.#signal });
  }
}
