import type { RpcBlockHead, RpcReceipt, RpcTransaction } from '../rpc-shapes.ts';
import type { TracedCall } from './call-tree.ts';
import type { TracedAccount } from './state-changes.ts';

/**
 * What a transaction has found, of everything that it has touched, as nodes say with `prestateTracer`:
 * https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#prestate-tracer
 */
export type PreState = Readonly<Record<string, TracedAccount>>;

/** A transaction with all that it takes to look into it when its chain knows nothing of it any more. */
export interface RecordedTransaction {
  transaction: RpcTransaction;
  receipt: RpcReceipt;
  /** Without its transactions. */
  block: Omit<RpcBlockHead, 'transactions'>;
  /** null: the chain did not give it. */
  trace: TracedCall | null;
  preState: PreState | null;
}

/** With the gas of the transaction alone: some nodes add that of all before it in its block. */
export const withOwnGas = (
  trace: TracedCall,
  { gasUsed }: Pick<RpcReceipt, 'gasUsed'>,
): TracedCall => ({ ...trace, gasUsed });

/** How nodes are asked for both. */
export const CALL_TRACER = { tracer: 'callTracer', tracerConfig: { withLog: true } };
export const PRE_STATE_TRACER = { tracer: 'prestateTracer' };
