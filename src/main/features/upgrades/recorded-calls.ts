import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { IndexedHead, IndexedTransaction } from '../../eth/inside/indexed-chain.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
  type RecordedTransaction,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { RpcBlockHead, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { Role } from '../../shared/roles.ts';

export interface RecordedCallsDependencies {
  index: {
    upTo(chain: string, withinMs: number): Promise<IndexedHead | null>;
    ofAddress(
      head: IndexedHead,
      address: string,
      below: number,
      limit: number,
    ): (IndexedTransaction & { roles: Role[] })[];
  };
  recordedOf: (network: string, hash: string, block: string | null) => RecordedTransaction | null;
}

/** Nothing else tells which transactions a contract has. */
const WAIT_MS = 5000;

/** The newest transactions that called a contract, as they ran; none of a remote network. */
export async function recordedCalls(
  { index, recordedOf }: RecordedCallsDependencies,
  from: ReadNetwork,
  address: string,
  most: number,
): Promise<{ found: RecordedTransaction[]; missing: number }> {
  const head = from.isOwn ? await index.upTo(from.name, WAIT_MS) : null;
  if (!head) return { found: [], missing: 0 };
  const calls = index
    .ofAddress(head, address, head.transactions, most)
    .filter(({ roles }) => !roles.includes('created'));
  const found: RecordedTransaction[] = [];
  for (const { hash } of calls) {
    const recorded = recordedOf(from.name, hash, null) ?? (await tracedNow(from, hash));
    if (recorded) found.push(recorded);
  }
  return { found, missing: calls.length - found.length };
}

/** One that was not recorded yet; null: the chain can't trace it any more. */
async function tracedNow({ call }: ReadNetwork, hash: string): Promise<RecordedTransaction | null> {
  try {
    const [transaction, receipt, trace, preState] = await Promise.all([
      call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
      call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
      call<TracedCall>('debug_traceTransaction', [hash, CALL_TRACER]),
      call<PreState>('debug_traceTransaction', [hash, PRE_STATE_TRACER]),
    ]);
    if (!transaction?.blockNumber || !receipt || !trace.type) return null;
    const block = await call<RpcBlockHead | null>('eth_getBlockByNumber', [
      ...[transaction.blockNumber, false],
    ]);
    return block && { transaction, receipt, block, trace: withOwnGas(trace, receipt), preState };
  } catch (error) {
    if (error instanceof RpcError && !error.unreachable) return null;
    throw error;
  }
}
