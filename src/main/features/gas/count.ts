import type { TracedCall, TreeNames } from '../../eth/inside/call-tree.ts';
import { delegatesIn } from '../../eth/inside/passed-on.ts';
import { absentNetwork, recordedNetwork } from '../../eth/inside/recorded-network.ts';
import {
  CALL_TRACER,
  type RecordedTransaction,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { RpcReceipt } from '../../eth/rpc-shapes.ts';
import type { GasReport } from './contract.ts';
import { CountedCalls } from './counted-calls.ts';
import { GasTally } from './tally.ts';

/** What is beyond would take longer than a report is worth waiting for. */
const MOST_TRANSACTIONS = 100_000;
const MOST_CALLS = 1_000_000;
/** Transactions that a node traces at once. */
const TRACED_AT_ONCE = 4;

type NamesOn = (from: ReadNetwork) => TreeNames;

/** The gas of one transaction after the other. */
export class Count {
  readonly #tally = new GasTally();
  readonly #namesOn: NamesOn;
  readonly #absent: ReadNetwork;
  /** Names as contracts were when they were first met, so that those are known that are gone since. */
  readonly #recorded: CountedCalls;
  /** Where they are looked up. */
  #at: ReadNetwork;
  #transactions = 0;
  #gasUsed = 0;
  #untraced = 0;
  #truncated = false;

  /** @param standing what is recorded of the network as it is; null: nothing is */
  constructor(network: string, namesOn: NamesOn, standing: ReadNetwork | null) {
    this.#namesOn = namesOn;
    this.#absent = absentNetwork(network);
    this.#at = this.#absent;
    const call: ReadNetwork['call'] = (method, params) => this.#at.call(method, params);
    this.#recorded = new CountedCalls(
      namesOn({ ...this.#absent, call }),
      namesOn(standing ?? this.#absent),
    );
  }

  /** Whether nothing more is counted; then the report says so. */
  isFull(): boolean {
    const isFull = this.#transactions >= MOST_TRANSACTIONS || this.#tally.calls >= MOST_CALLS;
    this.#truncated ||= isFull;
    return isFull;
  }

  /** There is more that is not counted. */
  leftOut(): void {
    this.#truncated = true;
  }

  notKnown(transactions: number): void {
    this.#untraced += transactions;
  }

  /** Returns whether enough of it was recorded. */
  async add(recorded: RecordedTransaction | null): Promise<boolean> {
    if (!recorded?.trace || !recorded.preState) return false;
    this.#at = await recordedNetwork(this.#absent, recorded);
    await this.#add(recorded.trace, this.#recorded, await delegatesIn(recorded));
    return true;
  }

  /** Asks the network for the calls of transactions. Rejects with RpcError when it is away. */
  async addLive(from: ReadNetwork, hashes: readonly string[]): Promise<void> {
    const calls = new CountedCalls(this.#namesOn(from));
    for (let i = 0; i < hashes.length && !this.isFull(); i += TRACED_AT_ONCE) {
      const some = hashes.slice(i, i + TRACED_AT_ONCE);
      const traced = await Promise.all(some.map((hash) => tracedBy(from, hash)));
      const known = traced.filter((root) => root !== null);
      // One that traces nothing is not asked again and again.
      this.#untraced += known.length === 0 ? hashes.length - i : some.length - known.length;
      if (known.length === 0) return;
      for (const root of known) await this.#add(root, calls);
    }
  }

  async report(): Promise<
    Pick<GasReport, 'transactions' | 'gasUsed' | 'untraced' | 'truncated' | 'rows'>
  > {
    return {
      ...{ transactions: this.#transactions, gasUsed: this.#gasUsed },
      ...{ untraced: this.#untraced, truncated: this.#truncated },
      rows: await this.#tally.rows(),
    };
  }

  async #add(
    root: TracedCall,
    calls: CountedCalls,
    delegates?: ReadonlyMap<string, string>,
  ): Promise<void> {
    this.#transactions++;
    this.#gasUsed += Number(root.gasUsed ?? 0);
    for await (const call of calls.of(root, delegates)) this.#tally.add(call);
  }
}

/** null: it doesn't know them. */
async function tracedBy({ call }: ReadNetwork, hash: string): Promise<TracedCall | null> {
  try {
    const [root, receipt] = await Promise.all([
      call<TracedCall | null>('debug_traceTransaction', [hash, CALL_TRACER]),
      call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
    ]);
    return typeof root?.type === 'string' && receipt ? withOwnGas(root, receipt) : null;
  } catch (error) {
    if (error instanceof RpcError && !error.unreachable) return null;
    throw error;
  }
}
