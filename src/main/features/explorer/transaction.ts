import { callTree, type TracedCall, type TreeNames } from '../../eth/inside/call-tree.ts';
import { namedEvent } from '../../eth/inside/named-event.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { CallNode, DecodedError } from '../../shared/decoded.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { TransactionDetail } from './contract.ts';
import type { RpcBlockHead, RpcReceipt, RpcTransaction } from './rpc-shapes.ts';
import type { ExplorerStore } from './store.ts';
import { callOf, decimal, transactionLine } from './transaction-line.ts';

/** Throws TRANSACTION_NOT_FOUND. */
export async function transactionDetail(
  from: ReadNetwork,
  names: TreeNames,
  store: ExplorerStore,
  { hash, trace: isAsked }: { hash: string; trace: boolean },
): Promise<TransactionDetail> {
  const [transaction, receipt] = await Promise.all([
    from.call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
    from.call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
  ]);
  if (!transaction) throw notThere(from.name, hash, store);
  const block =
    transaction.blockNumber === null
      ? null
      : await from.call<RpcBlockHead | null>('eth_getBlockByNumber', [
          transaction.blockNumber,
          false,
        ]);
  const isReverted = receipt !== null && BigInt(receipt.status) === 0n;
  const [line, call, events, traced] = await Promise.all([
    transactionLine(transaction, receipt, block?.timestamp ?? null, names),
    callOf(transaction, names),
    Promise.all((receipt?.logs ?? []).map((log) => namedEvent(log, names))),
    receipt && (isAsked || isReverted) ? traceOf(from, names, hash) : NOT_TRACED,
  ]);
  const price = receipt?.effectiveGasPrice ?? transaction.gasPrice;
  return {
    ...line,
    ...{ network: from.name, chainId: from.chainId, blockHash: transaction.blockHash },
    nonce: clampedInteger(transaction.nonce),
    arguments: call?.arguments ?? [],
    input: transaction.input,
    gasLimit: decimal(transaction.gas),
    gasPrice: price === undefined ? null : decimal(price),
    fee:
      receipt && price !== undefined ? (BigInt(receipt.gasUsed) * BigInt(price)).toString() : null,
    ...{ events, deployment: store.runOf(from.name, hash) },
    error: isReverted ? failureOf(traced) : null,
    trace: isAsked ? traced.tree : null,
    traceProblem: isAsked ? traced.problem : null,
  };
}

interface Traced {
  tree: CallNode | null;
  problem: string | null;
}

const NOT_TRACED: Traced = { tree: null, problem: null };

async function traceOf(from: ReadNetwork, names: TreeNames, hash: string): Promise<Traced> {
  const options = { tracer: 'callTracer', tracerConfig: { withLog: true } };
  try {
    const frame = await from.call<TracedCall>('debug_traceTransaction', [hash, options]);
    if (!frame?.type) throw new Error('its node gave no tree of calls');
    return { tree: await callTree(frame, names), problem: null };
  } catch (error) {
    const why = from.isOwn
      ? 'A chain that was started again keeps no traces of what was sent before.'
      : 'Many public nodes trace nothing.';
    return {
      tree: null,
      problem: `${from.name} gives no trace of this transaction: ${messageOf(error)}. ${why}`,
    };
  }
}

/** The error that the transaction itself failed with. */
function failureOf({ tree }: Traced): DecodedError | null {
  return tree?.error ?? { ...NO_REASON };
}

const NO_REASON: DecodedError = {
  ...{ text: 'reverted; the network does not tell why', name: null, signature: null },
  ...{ arguments: [], data: '0x', cause: null },
};

function notThere(network: string, hash: string, store: ExplorerStore): AppError {
  const run = store.runOf(network, hash);
  const why = run
    ? `${run.project.name} #${run.number} sent it, and what it did has been taken back.`
    : 'It may have been taken back, or sent to another network.';
  return new AppError('TRANSACTION_NOT_FOUND', `${network} has no transaction ${hash}. ${why}`);
}
