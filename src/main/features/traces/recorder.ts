import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { intrinsicGas } from '../../eth/inside/gas-parts.ts';
import type { IndexedBlock, IndexedHead, TouchedByCalls } from '../../eth/inside/indexed-chain.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';
import { createdIn } from '../../eth/inside/replay.ts';
import { KEYS_TRACER, type TracedKeys } from '../../eth/inside/storage-keys.ts';
import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import type { RpcBlock, RpcBlockHead, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import { messageOf } from '../../shared/errors.ts';
import { BlockRun, type RunTransaction } from './block-run.ts';
import { type PackedTransaction, packCode, packTransaction, unpackTransaction } from './packed.ts';
import type { PackedBlock, TracesStore } from './store.ts';
import { touchedBy } from './touched.ts';

/** A block of a chain. */
interface BlockAt {
  number: number;
  hash: string;
}

type Touched = ReadonlyMap<string, TouchedByCalls>;

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
  preimages: {
    /** Whether a transaction has touched slots whose keys are not known. */
    isNews: (chain: string, state: PreState) => boolean;
    keep: (chain: string, traced: TracedKeys, state: PreState) => void;
    /** Notes one whose keys are to be found when they are asked for. */
    postpone: (
      chain: string,
      transaction: { hash: string; block: string },
      state: PreState,
      created: Iterable<string>,
    ) => void;
  };
}

/** Transactions that are traced in one batch. */
const TRACED_AT_ONCE = 4;
/**
 * Each is run on what those before it have left. Where that fails, the node runs all of the block before a transaction again for each trace of it:
 * 0.2 ms each. So many it runs for one block; of those behind them no calls are recorded.
 */
const MOST_RUN_AGAIN = 20_000;
/** A trace that is larger is not recorded. */
const MOST_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
/** Following each instruction of more would block the chain for seconds: it is postponed until the keys are requested. */
const MOST_FOLLOWED_GAS = 500_000n;
/** For each byte of code that is left behind. */
const CODE_GAS = 200n;

/** For each millisecond of tracing so many go by without, so that the chain is there for others. */
const REST = { used: 4, unused: 1 };
const LONGEST_REST_MS = 250;
/** A shorter rest is added to the next one: timers are late by about a millisecond. */
const SHORTEST_REST_MS = 5;

type TracedParts = {
  trace: TracedCall | null;
  preState: PreState | null;
} & Partial<Pick<RunTransaction, 'traced'>>;

const NOT_TRACED: TracedParts = { trace: null, preState: null };

interface InBlock {
  transaction: RpcTransaction;
  receipt: RpcReceipt;
  /** From 0. */
  position: number;
}

interface FoundKeys {
  hash: string;
  /** null: they are to be found when they are asked for. */
  traced: TracedKeys | null;
  state: PreState;
  created: readonly string[];
}

/** Both traces of each transaction up to there are within the limit. @param position from 0 */
const isTraced = (position: number): boolean => (position + 1) * (position + 2) <= MOST_RUN_AGAIN;

/** What a transfer costs that runs no code. */
const isPlainGas = (gasUsed: string): boolean => BigInt(gasUsed) === 21_000n;

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
  #owedMs = 0;

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
      const touched = known.map(async ({ hash, record }) => {
        const { addresses, implementation } = await touchedBy(
          unpackTransaction(record, () => undefined),
        );
        // Without the codes that it has found, none may be one that is not known.
        return [hash, { addresses, implementation: implementation || null }] as const;
      });
      blocks.recorded(this.#name, at, new Map(await Promise.all(touched)));
      return 0;
    }
    const { block, receipts } = blocks.takeRead(at.hash) ?? (await this.#read(at));
    const { packed, touched, keys } = await this.#packed(block, receipts);
    // Of what a revert has taken back, a chain gives traces without anything in them.
    const still = await this.#batched<RpcBlockHead | null>('eth_getBlockByNumber', [
      ...[block.number, false],
    ]);
    if (still?.hash !== at.hash) throw new Moved();
    const codes = await this.#unknownCodes(packed.transactions);
    let added: number | null = null;
    together(() => {
      added = store.add(this.#name, { ...packed, codes });
      blocks.recorded(this.#name, at, touched);
    });
    if (added === null) return 0;
    const { preimages } = this.#deps;
    for (const { hash, traced, state, created } of keys) {
      if (traced) preimages.keep(this.#name, traced, state);
      else preimages.postpone(this.#name, { hash, block: at.hash }, state, created);
    }
    return added;
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
  ): Promise<{ packed: PackedBlock; touched: Touched; keys: FoundKeys[] }> {
    const packed: PackedTransaction[] = [];
    const keys: FoundKeys[] = [];
    const touched = new Map<string, TouchedByCalls>();
    const all = block.transactions.map((transaction, position): InBlock => {
      const receipt = receipts[position];
      if (receipt?.transactionHash !== transaction.hash) throw new Moved();
      return { transaction, receipt, position };
    });
    const run: { at: BlockRun | null } = { at: new BlockRun(this.#batched, block) };
    for (let i = 0; i < all.length; i += TRACED_AT_ONCE) {
      const began = performance.now();
      const some = all.slice(i, i + TRACED_AT_ONCE);
      const traced = run.at ? await this.#inOrder(some, run) : await this.#together(some);
      for (const [at, { transaction }] of some.entries()) {
        const found = await this.#keysOf(transaction, traced[at]);
        if (found) keys.push(found);
      }
      this.#tookMs = performance.now() - began;
      const packing = some.map(async ({ transaction, receipt }, at) => {
        const { trace, preState } = traced[at] ?? NOT_TRACED;
        touched.set(transaction.hash, await touchedBy({ transaction, trace, preState }));
        return packTransaction({ transaction, receipt, trace, preState });
      });
      packed.push(...(await Promise.all(packing)));
      if (i + TRACED_AT_ONCE < all.length) await this.#rest();
    }
    const { transactions: _, ...head } = block;
    const stored = { number: Number(block.number), hash: block.hash, head: JSON.stringify(head) };
    return { packed: { ...stored, transactions: packed }, touched, keys };
  }

  /** @param run to be ended where it can't go on: from there on the node traces by itself */
  async #inOrder(some: readonly InBlock[], run: { at: BlockRun | null }): Promise<TracedParts[]> {
    const traced: TracedParts[] = [];
    for (const [i, { transaction, receipt }] of some.entries()) {
      const next = await run.at?.next(transaction, receipt).catch((error: unknown) => {
        if (!(error instanceof RpcError)) throw error;
        return null;
      });
      if (!next) {
        run.at = null;
        return [...traced, ...(await this.#together(some.slice(i)))];
      }
      traced.push(next);
    }
    return traced;
  }

  #together(some: readonly InBlock[]): Promise<TracedParts[]> {
    return Promise.all(
      some.map((one) =>
        isTraced(one.position) ? this.#traced(one) : this.#untraced(one.transaction, one.receipt),
      ),
    );
  }

  /** null: it has none that are new. */
  async #keysOf(
    transaction: RpcTransaction,
    traced: TracedParts | undefined,
  ): Promise<FoundKeys | null> {
    const { hash } = transaction;
    const { trace, preState: state, traced: again } = traced ?? {};
    if (!trace || !state) return null;
    const bytes = createdBytes(trace);
    // Of what a transaction has created itself, nothing is in what it has found.
    if (bytes === 0 && !this.#deps.preimages.isNews(this.#name, state)) return null;
    const before = intrinsicGas(transaction) + CODE_GAS * BigInt(bytes);
    const isTooLong = BigInt(trace.gasUsed ?? 0) - before > MOST_FOLLOWED_GAS;
    const created = [...createdIn(trace)];
    if (isTooLong || this.#isUrgent()) return { hash, traced: null, state, created };
    const asked = again?.<TracedKeys>(KEYS_TRACER).catch((error: unknown) => {
      if (!(error instanceof RpcError)) throw error;
      return null;
    });
    const found = await (asked ?? this.#trace<TracedKeys>(hash, KEYS_TRACER));
    return found?.hashed && found.touched ? { hash, traced: found, state, created } : null;
  }

  /** What the chain doesn't give is left out, and the log says so. */
  async #traced({ transaction: { hash }, receipt }: InBlock): Promise<TracedParts> {
    const [trace, preState] = await Promise.all([
      this.#trace<TracedCall>(hash, CALL_TRACER),
      this.#trace<PreState>(hash, PRE_STATE_TRACER),
    ]);
    const isTrace = typeof trace?.type === 'string';
    return { trace: isTrace ? withOwnGas(trace, receipt) : null, preState };
  }

  /** Too much ran before it in its block: of a transfer its one call is known all the same. */
  #untraced(
    { hash, from, to, value, gas, input }: RpcTransaction,
    receipt: RpcReceipt,
  ): { trace: TracedCall | null; preState: null } {
    const isTransfer = to !== null && input === '0x' && isPlainGas(receipt.gasUsed);
    if (isTransfer) {
      const { gasUsed } = receipt;
      return {
        trace: { type: 'CALL', ...{ from, to, value, gas, gasUsed }, input, output: '0x' },
        preState: null,
      };
    }
    this.#missing.count++;
    const reason = 'too many transactions are before it in its block';
    this.#missing.example ??= { transaction: hash, reason };
    return { trace: null, preState: null };
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
    this.#owedMs += Math.min(this.#tookMs * factor, LONGEST_REST_MS);
    if (this.#owedMs < SHORTEST_REST_MS) return;
    await sleep(this.#owedMs, undefined, { signal: this.#signal });
    this.#owedMs = 0;
  }
}

/** How much code the calls within one have left behind. */
function createdBytes(root: TracedCall): number {
  let bytes = 0;
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    if (call.type.startsWith('CREATE')) bytes += ((call.output?.length ?? 2) - 2) / 2;
    open.push(...(call.calls ?? []));
  }
  return bytes;
}
