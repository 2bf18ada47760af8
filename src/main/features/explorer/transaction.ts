import { callsOf, callTree, type TracedCall, type TreeNames } from '../../eth/inside/call-tree.ts';
import { namedEvent } from '../../eth/inside/named-event.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import { recordedNetwork } from '../../eth/inside/recorded-network.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
  type RecordedTransaction,
} from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlockHead, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { CallNode, DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { addressesOf } from '../../shared/decoded-addresses.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { TransactionDetail } from './contract.ts';
import { type Sourced, sourceOf } from './source.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';
import type { ExplorerStore } from './store.ts';
import { callOf, decimal, transactionLine } from './transaction-line.ts';

/** What was recorded of a transaction: in the block with a hash, or the last time that it was mined. */
export type RecordedOf = (
  network: string,
  hash: string,
  block: string | null,
) => RecordedTransaction | null;

export interface TransactionParts {
  namesOn: (from: ReadNetwork) => NetworkNames;
  recordedOf: RecordedOf;
  artifacts: SourcedArtifacts;
  store: ExplorerStore;
}

/** Throws TRANSACTION_NOT_FOUND. */
export async function transactionDetail(
  from: ReadNetwork,
  parts: TransactionParts,
  asked: { hash: string; trace: boolean; source: boolean; call?: number },
): Promise<TransactionDetail> {
  const found = await find(from, parts, asked.hash);
  const { transaction, receipt, block, takenBack } = found;
  const { recorded } = found;
  const names = parts.namesOn(takenBack && recorded ? recordedNetwork(from, recorded) : from);
  const isReverted = receipt !== null && BigInt(receipt.status) === 0n;
  const isTraced = asked.trace || asked.source || isReverted;
  const [line, call, events, traced] = await Promise.all([
    transactionLine(transaction, receipt, block?.timestamp ?? null, names),
    callOf(transaction, names),
    Promise.all((receipt?.logs ?? []).map((log) => namedEvent(log, names))),
    receipt && isTraced ? traceOf(from, names, found) : NOT_TRACED,
  ]);
  const sourced = asked.source
    ? await sourcedOf(from, found, traced, parts.artifacts, asked.call)
    : { source: null, problem: null };
  const price = receipt?.effectiveGasPrice ?? transaction.gasPrice;
  const shown = valuesOf(call?.arguments ?? [], events, asked.trace ? traced.tree : null);
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
    names: await names.named(addressesOf(shown)),
    ...{ events, deployment: parts.store.runOf(from.name, asked.hash), takenBack },
    error: isReverted ? failureOf(traced) : null,
    trace: asked.trace ? traced.tree : null,
    traceProblem: asked.trace ? traced.problem : null,
    ...{ source: sourced.source, sourceProblem: sourced.problem },
  };
}

/** Everything that is shown of it as a value. */
function* valuesOf(
  given: readonly DecodedValue[],
  events: readonly { arguments: readonly DecodedValue[] }[],
  tree: CallNode | null,
): Generator<DecodedValue> {
  yield* given;
  for (const event of events) yield* event.arguments;
  if (!tree) return;
  for (const call of callsOf(tree)) {
    yield* call.arguments;
    yield* call.result ?? [];
    for (const { event } of call.logs) yield* event?.arguments ?? [];
  }
}

/** A transaction of a network, or what was recorded of one that it has no more. */
interface Found {
  transaction: RpcTransaction;
  receipt: RpcReceipt | null;
  block: RecordedTransaction['block'] | null;
  /** Of this block; null: nothing was, or it is not mined yet. */
  recorded: RecordedTransaction | null;
  takenBack: boolean;
}

async function find(
  from: ReadNetwork,
  { recordedOf, store }: TransactionParts,
  hash: string,
): Promise<Found> {
  const [transaction, receipt] = await Promise.all([
    from.call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
    from.call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
  ]);
  const recordedIn = (block: string | null) =>
    from.isOwn ? recordedOf(from.name, hash, block) : null;
  if (!transaction) {
    const recorded = recordedIn(null);
    if (!recorded) throw notThere(from.name, hash, store);
    return { ...recorded, recorded, takenBack: true };
  }
  const { blockNumber, blockHash } = transaction;
  const block =
    blockNumber === null
      ? null
      : await from.call<RpcBlockHead | null>('eth_getBlockByNumber', [blockNumber, false]);
  const recorded = blockHash === null ? null : recordedIn(blockHash);
  return { transaction, receipt, block, recorded, takenBack: false };
}

interface Traced {
  root: TracedCall | null;
  tree: CallNode | null;
  problem: string | null;
}

const NOT_TRACED: Traced = { root: null, tree: null, problem: null };

/** By the network if it can, otherwise as it was recorded. */
async function traceOf(
  from: ReadNetwork,
  names: TreeNames,
  { transaction, recorded, takenBack }: Found,
): Promise<Traced> {
  let reason: string | null = null;
  const live = takenBack
    ? null
    : await tracedBy(from, transaction.hash).catch((error: unknown) => {
        reason = messageOf(error);
        return null;
      });
  const root = live ?? recorded?.trace ?? null;
  if (root) return { root, tree: await callTree(root, names), problem: null };
  if (takenBack) {
    return { ...NOT_TRACED, problem: 'Its calls were not recorded before it was taken back.' };
  }
  const why = from.isOwn
    ? 'A chain that was started again keeps no traces of what was sent before, and this one was not recorded.'
    : 'Many public nodes trace nothing.';
  const problem = `${from.name} gives no trace of this transaction: ${reason}. ${why}`;
  return { ...NOT_TRACED, problem };
}

async function tracedBy(from: ReadNetwork, hash: string): Promise<TracedCall> {
  const root = await from.call<TracedCall>('debug_traceTransaction', [hash, CALL_TRACER]);
  if (!root?.type) throw new Error('its node gave no tree of calls');
  return root;
}

async function sourcedOf(
  from: ReadNetwork,
  { transaction, block, recorded, takenBack }: Found,
  { root, tree, problem }: Traced,
  artifacts: SourcedArtifacts,
  call: number | undefined,
): Promise<Sourced> {
  if (!block) return { source: null, problem: 'The transaction is not mined yet.' };
  if (!root || !tree) return { source: null, problem };
  const preState = recorded?.preState ?? (takenBack ? null : await preStateBy(from, transaction));
  if (!preState) {
    const missing = `${from.name} does not tell any more what the transaction has found, and it was not recorded: it can't be run again to find its line of source.`;
    return { source: null, problem: missing };
  }
  return sourceOf(from, { transaction, block, trace: root, preState }, tree, artifacts, call);
}

/** null: the network doesn't tell it. */
const preStateBy = (from: ReadNetwork, { hash }: RpcTransaction): Promise<PreState | null> =>
  from.call<PreState>('debug_traceTransaction', [hash, PRE_STATE_TRACER]).catch(() => null);

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
