import { callsOf, type TracedCall } from '../../eth/inside/call-tree.ts';
import { withCreated } from '../../eth/inside/created-names.ts';
import { gasParts } from '../../eth/inside/gas-parts.ts';
import { namedEvent } from '../../eth/inside/named-event.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import { ranAtLogs, ranFirst } from '../../eth/inside/passed-on.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcReceipt } from '../../eth/rpc-shapes.ts';
import type { CallNode, DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { addressesOf } from '../../shared/decoded-addresses.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { TransactionDetail } from './contract/transactions.ts';
import {
  asItRan,
  callsOfTransaction,
  findTransaction,
  NO_ROOT,
  type RecordedOf,
  type Traced,
  treeOf,
} from './found-transaction.ts';
import { type Sourced, sourceOf } from './source.ts';
import type { RanOrProblem, SourceRuns } from './source-runs.ts';
import { type KnownPreimages, type Layouts, type StateOf, stateOf } from './state.ts';
import type { ExplorerStore } from './store.ts';
import { callOf, decimal, partsOf, transactionLine } from './transaction-line.ts';
import { namedTransfers } from './transfers.ts';
import { refundOfAuthorized, typedParts } from './typed-parts.ts';
import { withUndoneEvents } from './undone-events.ts';
import { waitingOf } from './waiting.ts';

export interface TransactionParts {
  namesOn: (from: ReadNetwork) => NetworkNames;
  recordedOf: RecordedOf;
  artifacts: Layouts;
  preimages: KnownPreimages;
  runs: SourceRuns;
  store: ExplorerStore;
}

/** Throws TRANSACTION_NOT_FOUND. */
export async function transactionDetail(
  from: ReadNetwork,
  parts: TransactionParts,
  asked: { hash: string; trace: boolean; source: boolean; state: boolean; call?: number },
): Promise<TransactionDetail> {
  const found = await findTransaction(from, parts, asked.hash);
  const { transaction, receipt, block, takenBack } = found;
  const isReverted = receipt !== null && BigInt(receipt.status) === 0n;
  const isTraced = asked.trace || asked.source || asked.state || isReverted;
  const complete = asked.trace
    ? (root: TracedCall) => withUndoneEvents(from, found, root)
    : undefined;
  const told = receipt && isTraced ? await callsOfTransaction(from, found, complete) : NO_ROOT;
  const root = told.root ?? found.recorded?.trace ?? null;
  const names = parts.namesOn(await asItRan(from, found, root));
  const ran = await ranFirst({ transaction, trace: root, preState: null });
  const logs = receipt?.logs ?? [];
  const ranAt = ranAtLogs(root, logs);
  const [line, call, traced, typed] = await Promise.all([
    transactionLine(
      { ...partsOf(transaction, receipt, block?.timestamp ?? null), ...(ran && { ran }) },
      names,
    ),
    callOf(transaction, names, ran),
    treeOf(told, names, found),
    typedParts(from, names, found),
  ]);
  const known = withCreated(names, root);
  const events = await Promise.all(logs.map((log, i) => namedEvent(log, known, ranAt[i])));
  const sourced = asked.source
    ? sourcedOf(await parts.runs.of(from, found, async () => traced), asked.call)
    : { source: null, problem: null };
  const state =
    asked.state && receipt ? await stateOf(from, found, traced, names, parts) : NO_STATE;
  const refund = (await refundOfAuthorized(from, found)) ?? (isReverted ? 0n : state.refund);
  const waiting = receipt ? null : await waitingOf(from, transaction);
  const price = receipt?.effectiveGasPrice ?? transaction.gasPrice;
  const shown = valuesOf(call?.arguments ?? [], events, asked.trace ? traced.tree : null);
  return {
    ...line,
    ...typed,
    ...{ network: from.name, chainId: from.chainId, blockHash: transaction.blockHash },
    nonce: safeInteger(transaction.nonce),
    arguments: call?.arguments ?? [],
    argumentsProblem: call?.argumentsProblem ?? null,
    input: transaction.input,
    gasLimit: decimal(transaction.gas),
    gasPrice: price === undefined ? null : decimal(price),
    fee: receipt && price !== undefined ? feeOf(receipt, price, typed.blobs) : null,
    names: await names.named(addressesOf(shown)),
    ...{ waiting, events, deployment: parts.store.runOf(from.name, asked.hash), takenBack },
    stopped: from.isStopped,
    error: isReverted ? failureOf(traced) : null,
    trace: asked.trace ? traced.tree : null,
    traceProblem: asked.trace ? traced.problem : null,
    ...{ source: sourced.source, sourceProblem: sourced.problem },
    ...{ state: state.state, stateProblem: state.problem },
    transfers: isReverted ? [] : await namedTransfers(from, names, found, traced.tree),
    gas: receipt && gasParts(transaction, BigInt(receipt.gasUsed), refund),
  };
}

const feeOf = (receipt: RpcReceipt, price: string, blobs: TransactionDetail['blobs']): string =>
  (BigInt(receipt.gasUsed) * BigInt(price) + BigInt(blobs?.fee ?? 0)).toString();

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

const sourcedOf = (done: RanOrProblem, call: number | undefined): Sourced =>
  'problem' in done ? { source: null, problem: done.problem } : sourceOf(done.ran, call);

const NO_STATE: StateOf = { state: null, problem: null, refund: null };

/** The error that the transaction itself failed with. */
function failureOf({ tree }: Traced): DecodedError | null {
  return tree?.error ?? { ...NO_REASON };
}

const NO_REASON: DecodedError = {
  ...{ text: 'reverted; the network does not tell why', name: null, signature: null },
  ...{ arguments: [], data: '0x', cause: null },
};
