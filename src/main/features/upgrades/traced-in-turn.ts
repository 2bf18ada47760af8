import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { CALL_TRACER } from '../../eth/inside/recorded-transaction.ts';
import { DIFF_TRACER, stateChanges, type TracedDiff } from '../../eth/inside/state-changes.ts';
import { type Rpc, RpcError } from '../../eth/rpc.ts';
import type { PlannedCall } from '../../targets/chain/upgrades.ts';

/** Each is run twice by the node. */
const MOST_TRACED = 100;

interface Override {
  balance?: string;
  nonce?: string;
  code?: string;
  stateDiff?: Record<string, string>;
}

/**
 * What planned calls would do, one after another, each on what those before it leave. Nothing is
 * sent. null: the node gives no trace of it, or it would fail; then there is none of those after it.
 * Rejects when the node can't be reached.
 */
export async function tracedInTurn(
  call: Rpc,
  planned: readonly PlannedCall[],
): Promise<(TracedCall | null)[]> {
  const traces: (TracedCall | null)[] = planned.map(() => null);
  const left: Record<string, Override> = {};
  for (const [i, one] of planned.slice(0, MOST_TRACED).entries()) {
    const isLast = i === planned.length - 1;
    const ask = <T>(tracer: object) => traced<T>(call, one, { ...tracer, stateOverrides: left });
    const [trace, diff] = await Promise.all([
      ask<TracedCall>(CALL_TRACER),
      isLast ? null : ask<TracedDiff>(DIFF_TRACER),
    ]);
    if (!trace?.type || trace.error !== undefined) break;
    traces[i] = trace;
    if (!isLast && !diff?.post) break;
    if (diff) leave(left, diff);
  }
  return traces;
}

async function traced<T>(
  call: Rpc,
  { from, to, value, input }: PlannedCall,
  options: object,
): Promise<T | null> {
  if (from === null) return null;
  const transaction = { from, ...(to === null ? {} : { to }), value, data: input };
  try {
    return await call<T | null>('debug_traceCall', [transaction, 'latest', options]);
  } catch (error) {
    if (error instanceof RpcError && !error.unreachable) return null;
    throw error;
  }
}

function leave(left: Record<string, Override>, diff: TracedDiff): void {
  for (const { address, balance, nonce, code, slots } of stateChanges(diff)) {
    const at = address.toLowerCase();
    const before = left[at];
    left[at] = {
      ...before,
      ...(balance && { balance: hex(balance.after) }),
      ...(nonce && { nonce: hex(nonce.after) }),
      ...(code && { code: code.after }),
      stateDiff: {
        ...before?.stateDiff,
        ...Object.fromEntries(slots.map(({ slot, after }) => [slot, after])),
      },
    };
  }
}

const hex = (quantity: string): string => `0x${BigInt(quantity).toString(16)}`;
