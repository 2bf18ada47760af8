import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { IndexedBlock, IndexedHead, TouchedAddress } from '../../eth/inside/indexed-chain.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
} from '../../eth/inside/recorded-transaction.ts';
import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import type { RpcBlock, RpcBlockHead, RpcReceipt } from '../../eth/rpc-shapes.ts';
import { messageOf } from '../../shared/errors.ts';
import { type PackedTransaction, packCode, packTransaction, unpackTransaction } from './packed.ts';
import type { PackedBlock, TracesStore } from './store.ts';
import { touchedBy } from './touched.ts';

/** A block of a chain. */
interface BlockAt {
  number: number;
  hash: string;
}

type Touched = ReadonlyMap<string, readonly TouchedAddress[]>;

/** Which blocks a chain has. */
export interface ChainBlocks {
  /** Those of whose transactions nothing was recorded; the oldest first. */
  toRecord: (chain: string, limit: number) => BlockAt[];
  /** Notes what the calls in the transactions of a block have touched; by their hashes. */
  recorded: (chain: string, block: BlockAt, touched: Touched) => void;
  /** How far a chain is known; null: not at all. */
  head: (chain: string) => IndexedHead | null;
  /** Blocks of a chain from one downwards. */
  blocks: (head: IndexedHead, from: number, limit: number) => IndexedBlock[];
  /** A block that was just read; null: it is not at hand. */
  takeRead: (hash: string) => { block: RpcBlock; receipts: readonly RpcReceipt[] } | null;
}

export interface RecorderDependencies {
  store: TracesStore;
  blocks: ChainBlocks;
  logger: Logger;
  /** Address of a chain that runs; null: it doesn't. */
  chainUrl: (chain: string) => Promise<string | null>;
  /** Whether a deployment goes to the chain. */
  isUsed: (chain: string) => boolean;
  /** Does all of some writes, or none. */
  together: (write: () => void) => void;
}

/** Transactions that are traced in one batch. */
const TRACED_AT_ONCE = 4;
/** A trace that is larger is not recorded. */
const MOST_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** For each millisecond of tracing so many go by without, so that the chain is there for others. */
const REST = { used: 4, unused: 1 };
const LONGEST_REST_MS = 250;

/** The chain was taken elsewhere while it was read. */
class Moved extends Error {}

/** Records the transactions of one chain that are not recorded yet. */
export class ChainRecorder {
  readonly #deps: RecorderDependencies;
  readonly #name: string;
  readonly #signal: AbortSignal;
  readonly #isUrgent: () => boolean;
  readonly #batched: Rpc;
  readonly #single: Rpc;
  /** What the chain did not give of what was asked. */
  readonly #missing: { count: number; example?: object } = { count: 0 };

  /** The last batch of traces. */
  #tookMs = 0;

  /** @param isUrgent whether the chain is about to end: it is left no rest */
  constructor(
    deps: RecorderDependencies,
    name: string,
    url: string,
    { signal, isUrgent }: { signal: AbortSignal; isUrgent: () => boolean },
  ) {
    this.#deps = deps;
    this.#name = name;
    this.#signal = signal;
    this.#isUrgent = isUrgent;
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
   * Records one block after the other, until all are. Returns the bytes that were recorded, and
   * whether the chain was moved meanwhile, so that there is more. Rejects with RpcError.
   */
  async record(): Promise<{ bytes: number; moved: boolean }> {
    const { blocks } = this.#deps;
    let bytes = 0;
    try {
      for (let [next] = blocks.toRecord(this.#name, 1); next; ) {
        bytes += await this.#recordBlock(next);
        [next] = blocks.toRecord(this.#name, 1);
        if (next) await this.#rest();
      }
      return { bytes, moved: false };
    } catch (error) {
      if (error instanceof Moved) return { bytes, moved: true };
      throw error;
    } finally {
      const { count, example } = this.#missing;
      const what = { chain: this.#name, traces: count, ...example };
      if (count > 0) this.#deps.logger.info(what, 'some of what was mined could not be recorded');
    }
  }

  async #recordBlock(at: BlockAt): Promise<number> {
    const { store, blocks, together } = this.#deps;
    const known = store.recordsOf(this.#name, at.hash);
    if (known) {
      // It was taken back, and is there again.
      const touched = known.map(({ hash, record }) => {
        const { trace } = unpackTransaction(record, () => undefined);
        return [hash, touchedBy(trace)] as const;
      });
      blocks.recorded(this.#name, at, new Map(touched));
      return 0;
    }
    const { block, receipts } = blocks.takeRead(at.hash) ?? (await this.#read(at));
    const { packed, touched } = await this.#packed(block, receipts);
    // Of what a revert has taken back, a chain gives traces without anything in them.
    const still = await this.#batched<RpcBlockHead | null>('eth_getBlockByNumber', [
      ...[block.number, false],
    ]);
    if (still?.hash !== at.hash) throw new Moved();
    const codes = await this.#unknownCodes(packed.transactions);
    let bytes = 0;
    together(() => {
      bytes = store.add(this.#name, { ...packed, codes }) ?? 0;
      blocks.recorded(this.#name, at, touched);
    });
    return bytes;
  }

  async #read({ number, hash }: BlockAt): Promise<{ block: RpcBlock; receipts: RpcReceipt[] }> {
    const at = `0x${number.toString(16)}`;
    const [block, receipts] = await Promise.all([
      this.#batched<RpcBlock | null>('eth_getBlockByNumber', [at, true]),
      this.#batched<RpcReceipt[] | null>('eth_getBlockReceipts', [at]),
    ]);
    if (block?.hash !== hash || !receipts?.every(({ blockHash }) => blockHash === hash)) {
      throw new Moved();
    }
    return { block, receipts };
  }

  async #packed(
    block: RpcBlock,
    receipts: readonly RpcReceipt[],
  ): Promise<{ packed: PackedBlock; touched: Touched }> {
    const packed: PackedTransaction[] = [];
    const touched = new Map<string, TouchedAddress[]>();
    for (let i = 0; i < block.transactions.length; i += TRACED_AT_ONCE) {
      const began = performance.now();
      const some = block.transactions.slice(i, i + TRACED_AT_ONCE);
      const traced = await Promise.all(some.map(({ hash }) => this.#traced(hash)));
      this.#tookMs = performance.now() - began;
      const packing = some.map((transaction, at) => {
        const receipt = receipts[i + at];
        if (receipt?.transactionHash !== transaction.hash) throw new Moved();
        const parts = traced[at] ?? { trace: null, preState: null };
        touched.set(transaction.hash, touchedBy(parts.trace));
        return packTransaction({ transaction, receipt, ...parts });
      });
      packed.push(...(await Promise.all(packing)));
      if (i + TRACED_AT_ONCE < block.transactions.length) await this.#rest();
    }
    const { transactions: _, ...head } = block;
    const stored = { number: Number(block.number), hash: block.hash, head: JSON.stringify(head) };
    return { packed: { ...stored, transactions: packed }, touched };
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

  async #rest(): Promise<void> {
    if (this.#isUrgent()) return;
    const factor = this.#deps.isUsed(this.#name) ? REST.used : REST.unused;
    const ms = Math.min(this.#tookMs * factor, LONGEST_REST_MS);
    await sleep(ms, undefined, { signal: this.#signal });
  }
}
