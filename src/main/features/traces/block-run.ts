import type { TracedCall } from '../../eth/inside/call-tree.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';
import { callIn } from '../../eth/inside/replay.ts';
import { DIFF_TRACER, type TracedDiff } from '../../eth/inside/state-changes.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { RpcBlock, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import { BlockChanges } from './block-changes.ts';

/** A transaction as it ran in its block. */
export interface RunTransaction {
  trace: TracedCall;
  preState: PreState;
  /** What a tracer says of it. Rejects with RpcError. */
  traced<T>(tracer: object): Promise<T>;
}

/** What one transaction touches is known after so many times, unless it is made to hide it. */
const MOST_TRIES = 12;

/**
 * Runs the transactions of a block in their order, each on what those before it have left: to trace a
 * transaction, a node runs all of its block before it again, and may come to a stand when it mines
 * meanwhile (ADR 102).
 */
export class BlockRun {
  readonly #call: Rpc;
  readonly #block: RpcBlock;
  readonly #on: string;
  readonly #changes = new BlockChanges();
  /** By what the last transaction of each kind has touched the next one is tried first. */
  readonly #lastTouched = new Map<string | null, PreState>();

  constructor(call: Rpc, block: RpcBlock) {
    this.#call = call;
    this.#block = block;
    this.#on = `0x${(BigInt(block.number) - 1n).toString(16)}`;
  }

  /** null: it did not run as it had in its block; nothing is known of those behind it. */
  async next(transaction: RpcTransaction, receipt: RpcReceipt): Promise<RunTransaction | null> {
    const { from, to } = transaction;
    const isLast = Number(transaction.transactionIndex) === this.#block.transactions.length - 1;
    const own: PreState = Object.fromEntries(
      [from, to, receipt.contractAddress, this.#block.miner].flatMap((one) =>
        one === null ? [] : [[one.toLowerCase(), {}]],
      ),
    );
    let touched = withAll(own, this.#lastTouched.get(to) ?? {});
    for (let i = 0; i < MOST_TRIES; i++) {
      const { overrides, count } = this.#changes.overridesFor(touched);
      const traced = <T>(tracer: object) =>
        this.#call<T>(
          'debug_traceCall',
          callIn({ transaction, block: this.#block, on: this.#on }, overrides, tracer),
        );
      // In one request.
      const [preState, found, diff] = await Promise.all([
        traced<PreState>(PRE_STATE_TRACER),
        traced<TracedCall>(CALL_TRACER),
        isLast ? null : traced<TracedDiff>(DIFF_TRACER),
      ]);
      touched = withAll(touched, preState);
      if (this.#changes.overridesFor(touched).count !== count) continue;
      if (!ranAs(found, receipt)) return null;
      if (diff) this.#changes.add(diff);
      this.#lastTouched.set(to, preState);
      return { trace: withOwnGas(found, receipt), preState, traced };
    }
    return null;
  }
}

function withAll(before: PreState, now: PreState): PreState {
  const all = { ...before };
  for (const [address, account] of Object.entries(now)) {
    const at = address.toLowerCase();
    all[at] = { ...account, storage: { ...all[at]?.storage, ...account.storage } };
  }
  return all;
}

/** Gas, outcome and events are those that the block has. */
function ranAs(trace: TracedCall, { gasUsed, status, logs }: RpcReceipt): boolean {
  const hasFailed = trace.error !== undefined;
  return (
    BigInt(trace.gasUsed ?? -1) === BigInt(gasUsed) &&
    hasFailed === (BigInt(status) === 0n) &&
    (hasFailed || eventsIn(trace) === logs.length)
  );
}

function eventsIn(root: TracedCall): number {
  let events = 0;
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    if (call.error !== undefined) continue;
    events += call.logs?.length ?? 0;
    open.push(...(call.calls ?? []));
  }
  return events;
}
