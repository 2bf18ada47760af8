import { callTree, type TracedCall, type TreeNames } from '../../eth/inside/call-tree.ts';
import { pastNetwork } from '../../eth/inside/past-network.ts';
import { recordedNetwork } from '../../eth/inside/recorded-network.ts';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  type PreState,
  type RecordedTransaction,
  withOwnGas,
} from '../../eth/inside/recorded-transaction.ts';
import { replayCall } from '../../eth/inside/replay.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { RpcBlockHead, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import type { CallNode } from '../../shared/decoded.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { DeploymentRef } from '../../shared/refs.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { ExplorerStore } from './store.ts';

/** What was recorded of a transaction: in the block with a hash, or the last time that it was mined. */
export type RecordedOf = (
  network: string,
  hash: string,
  block: string | null,
) => RecordedTransaction | null;

/** A transaction of a network, or what was recorded of one that it has no more. */
export interface FoundTransaction {
  transaction: RpcTransaction;
  receipt: RpcReceipt | null;
  block: RecordedTransaction['block'] | null;
  /** Of this block; null: nothing was, or it is not mined yet. */
  recorded: RecordedTransaction | null;
  takenBack: boolean;
}

/** Throws TRANSACTION_NOT_FOUND. */
export async function findTransaction(
  from: ReadNetwork,
  { recordedOf, store }: { recordedOf: RecordedOf; store: ExplorerStore },
  hash: string,
): Promise<FoundTransaction> {
  const [transaction, receipt] = await Promise.all([
    from.call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
    from.call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
  ]);
  const recordedIn = (block: string | null) =>
    from.isOwn ? recordedOf(from.name, hash, block) : null;
  const number = transaction?.blockNumber ?? null;
  const block =
    number === null
      ? null
      : await from.call<RpcBlockHead | null>('eth_getBlockByNumber', [number, false]);
  // A fork's node also tells those that its upstream has mined since.
  const isThere =
    transaction && (!from.isOwn || number === null || block?.hash === transaction.blockHash);
  if (!isThere) {
    const recorded = recordedIn(null);
    if (!recorded) throw notThere(from.name, hash, store);
    return { ...recorded, recorded, takenBack: true };
  }
  const { blockHash } = transaction;
  const recorded = blockHash === null ? null : recordedIn(blockHash);
  return { transaction, receipt, block, recorded, takenBack: false };
}

/**
 * A network as a transaction ran in it: what contracts, proxies and accounts have become since is
 * another one's affair. Without a record of it, as far as the node has the state before its block.
 *
 * @param root its calls, which tell what ran behind proxies; null: they are not known
 */
export async function asItRan(
  from: ReadNetwork,
  found: FoundTransaction,
  root: TracedCall | null,
): Promise<ReadNetwork> {
  const { transaction, receipt, block, recorded } = found;
  const number = safeInteger(transaction.blockNumber);
  const before = number === null || number === 0 ? from : pastNetwork(from, number - 1);
  if (recorded?.trace && recorded.preState) return recordedNetwork(from, recorded);
  if (!receipt || !block) return before;
  const hasDelegated = transaction.authorizationList !== undefined;
  const preState = recorded?.preState ?? (hasDelegated ? await preStateOf(from, found) : null);
  const trace = recorded?.trace ?? root;
  return recordedNetwork(before, { transaction, receipt, block, trace, preState });
}

/** The calls of a transaction as its network or the record of it tells them. */
export interface TracedRoot {
  root: TracedCall | null;
  /** Why there are none, or what is missing in them. */
  problem: string | null;
}

export const NO_ROOT: TracedRoot = { root: null, problem: null };

export interface Traced extends TracedRoot {
  tree: CallNode | null;
}

/**
 * The calls of a mined transaction: as they were recorded, otherwise by its network. What is recorded
 * costs a chain nothing, and keeps it from a standstill (ADR 102).
 *
 * @param complete adds to them what is to be told beyond that
 */
export async function callsOfTransaction(
  from: ReadNetwork,
  { transaction, receipt, recorded, takenBack }: FoundTransaction,
  complete = async (root: TracedCall): Promise<TracedRoot> => ({ root, problem: null }),
): Promise<TracedRoot> {
  let reason: string | null = null;
  const kept = recorded?.trace ?? null;
  const live =
    takenBack || kept
      ? null
      : await tracedBy(from, transaction.hash).catch((error: unknown) => {
          reason = messageOf(error);
          return null;
        });
  const told = kept ?? (live && receipt ? withOwnGas(live, receipt) : live);
  if (told) return complete(told);
  if (takenBack) {
    return { root: null, problem: 'Its calls were not recorded before it was taken back.' };
  }
  const why = from.isOwn
    ? 'A chain that was started again keeps no traces of what was sent before, and this one was not recorded.'
    : 'Many public nodes trace nothing.';
  const problem = `${from.name} gives no trace of this transaction: ${asSentence(reason ?? '')} ${why}`;
  return { root: null, problem };
}

/** Its calls with names and values. */
export async function treeOf(
  { root, problem }: TracedRoot,
  names: TreeNames,
  { transaction }: FoundTransaction,
): Promise<Traced> {
  const tree = root && (await callTree(root, names));
  // Some nodes take what comes before the call off its limit, but not off what it used.
  const gas = BigInt(transaction.gas).toString();
  return { root, tree: tree && { ...tree, gas }, problem };
}

async function tracedBy(from: ReadNetwork, hash: string): Promise<TracedCall> {
  const root = await from.call<TracedCall>('debug_traceTransaction', [hash, CALL_TRACER]);
  if (!root?.type) throw new Error('its node gave no tree of calls');
  return root;
}

/** What the transaction has found. null: the network doesn't tell it, and it was not recorded. */
export async function preStateOf(
  from: ReadNetwork,
  { transaction, recorded, takenBack }: FoundTransaction,
): Promise<PreState | null> {
  if (recorded?.preState) return recorded.preState;
  if (takenBack) return null;
  return from
    .call<PreState>('debug_traceTransaction', [transaction.hash, PRE_STATE_TRACER])
    .catch(() => null);
}

/**
 * What a tracer says of a mined transaction: of the recorded one when it runs again, otherwise on its
 * network (ADR 102). Rejects with RpcError.
 */
export async function tracedAgain<T>(
  from: ReadNetwork,
  { transaction, block, recorded, takenBack }: FoundTransaction,
  tracer: object,
): Promise<T> {
  const { trace, preState } = recorded ?? {};
  const isRecorded = block !== null && trace != null && preState != null;
  if (takenBack && !isRecorded) throw new RpcError('it was not recorded', false);
  const live = () => from.call<T>('debug_traceTransaction', [transaction.hash, tracer]);
  if (!isRecorded) return live();
  try {
    const call = replayCall({ transaction, block, trace, preState }, tracer);
    return await from.call<T>('debug_traceCall', call);
  } catch (error) {
    if (!(error instanceof RpcError) || error.unreachable || takenBack) throw error;
    return live();
  }
}

function notThere(network: string, hash: string, store: ExplorerStore): AppError {
  const run = store.runOf(network, hash);
  return new AppError(
    'TRANSACTION_NOT_FOUND',
    `${network} has no transaction ${hash}. ${whyNotThere(network, hash, run)}`,
    { field: 'hash' },
  );
}

function whyNotThere(network: string, hash: string, run: DeploymentRef | null): string {
  if (!run) {
    return `It may have been taken back, or sent to another network: name that one. Those that ${network} has are listed by "drydock tx list --network ${network}".`;
  }
  const sender = `${run.project.name} #${run.number}`;
  return run.target === network
    ? `${sender} sent it, and what it did has been taken back. Show that run: "drydock deployment show ${run.id}".`
    : `${sender} sent it to ${run.target}, and not before ${network} began on it, as far as that is recorded. Look there: "drydock tx show ${hash} --network ${run.target}".`;
}
