import { checkedReplies } from '../../eth/checked-replies.ts';
import { rpc } from '../../eth/rpc.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Contract, ContractsResult, Transaction } from '../../shared/result.ts';
import { countsOf, sentWords } from '../../shared/result-parts.ts';
import type { Failure } from '../../shared/run.ts';
import type { Checked } from '../target.ts';
import { type Creation, tracesOf } from './creations.ts';
import { type ChainAt, isAllowed, keyOf, otherChains, wentElsewhere } from './other-chains.ts';
import { corrected, type ToolRecord } from './tool-record.ts';
import { verify } from './verify.ts';

/** Sent, and perhaps mined, but the network has not reported the result yet. */
export const NO_RECEIPT = 'NO_RECEIPT';

/** The result of a run, as the chain has it. */
interface CheckedContracts extends Checked {
  result: ContractsResult;
}

/** The chain of a run's transactions. */
export interface Sent {
  url: string;
  chainId: number;
  /** Its name, for messages. */
  network: string;
  /** It is a Drydock chain: it accepts large batches of requests, and can be started. */
  isOwn: boolean;
  /** There is a snapshot to revert to. */
  hasSnapshot: boolean;
  /** Ids of the other chains to which the run may have sent. */
  allowChains: readonly number[];
  chainAt: ChainAt;
  /** Present where the result comes from files of the tool: the network's traces correct it. */
  toolRecord?: ToolRecord;
}

/** Of a network that is not Drydock's, so many transactions are traced, each for so long. */
const MOST_REMOTE_TRACES = 8;
const REMOTE_TRACE_MS = 3000;

/**
 * Asks the chains about everything that a run left. What went to an unknown chain is kept as the
 * tool reported it.
 */
export async function checkOutcome(result: ContractsResult, to: Sent): Promise<Checked> {
  const others = await otherChains(result.transactions, to);
  const keys = new Set(others.map(keyOf));
  const own = await checkOn(
    named(
      partOf(result, (key) => !keys.has(key)),
      null,
    ),
    to,
  );
  if (others.length === 0) return own;
  const elsewhere = await Promise.all(
    others.map(async (other): Promise<CheckedContracts> => {
      const part = named(
        partOf(result, (key) => key === keyOf(other)),
        other.name,
      );
      if (!other.chain) return { result: part, live: null };
      const { url, isOwn } = other.chain;
      const { chainId, name: network } = other;
      return checkOn(part, { url, isOwn, chainId, network, hasSnapshot: false });
    }),
  );
  const all = [own, ...elsewhere];
  const foreign = others.filter((other) => !isAllowed(other, to.allowChains));
  const short = all.find((part) => part.failure);
  return {
    ...(own.notes ? { notes: own.notes } : {}),
    result: {
      ...result,
      transactions: all
        .flatMap((part) => part.result.transactions)
        .sort((a, b) => a.index - b.index),
      contracts: all.flatMap((part) => part.result.contracts),
    },
    live: own.live,
    ...(foreign.length > 0
      ? { failure: wentElsewhere(to.network, foreign) }
      : { failure: short?.failure, open: short?.open }),
  };
}

function partOf(result: ContractsResult, isIt: (key: string) => boolean): ContractsResult {
  const isThere = ({ chainId, elsewhere: host }: Transaction | Contract) =>
    isIt(keyOf({ chainId: chainId ?? 0, host: host ?? '' }));
  return {
    ...result,
    transactions: result.transactions.filter(isThere),
    contracts: result.contracts.filter(isThere),
  };
}

const named = (result: ContractsResult, elsewhere: string | null): ContractsResult => ({
  ...result,
  transactions: result.transactions.map((t) => ({ ...t, elsewhere })),
  contracts: result.contracts.map((c) => ({ ...c, elsewhere })),
});

async function checkOn(
  result: ContractsResult,
  to: Omit<Sent, 'allowChains' | 'chainAt'>,
): Promise<CheckedContracts> {
  const { url, chainId, isOwn } = to;
  if (result.transactions.length === 0) return { result, live: null };
  const call = rpc(url, undefined, { batch: isOwn });
  try {
    const { toolRecord } = to;
    const [answered, verified, early] = await Promise.all([
      checkedReplies(call)<string>('eth_chainId'),
      verify(call, result),
      toolRecord ? tracesIn(result.transactions, to) : new Map<string, Creation[]>(),
    ]);
    if (Number(answered) !== chainId) {
      throw new AppError('CHAIN_ID_MISMATCH', 'another chain responds than the one deployed to');
    }
    const { transactions, contracts, said, isTraced } = toolRecord
      ? await correctedBy(early, verified, result, { ...to, toolRecord })
      : { ...verified, said: null, isTraced: false };
    const landed = transactions.filter((t) => t.status === 'success').length;
    const failure = shortfall(transactions, landed, to);
    return {
      result: {
        ...{ ...result, transactions, contracts },
        source: isTraced ? 'trace' : result.source,
      },
      ...(said === null ? {} : { notes: [said] }),
      live: landed > 0 ? true : null,
      failure,
      open: failure?.code === NO_RECEIPT ? 'waiting' : undefined,
    };
  } catch (error) {
    return {
      result,
      live: null,
      failure: {
        code: 'NOT_VERIFIED',
        message: `The transactions could not be checked against the chain: ${asSentence(messageOf(error))} They are recorded as the tool reported them; ${isOwn ? 'start the chain again' : 'wait until the network answers'} and look at their hashes.`,
      },
      open: 'unknown',
    };
  }
}

/** Hashes that the tool hadn't noted are traced once they are known. */
async function correctedBy(
  early: ReadonlyMap<string, Creation[]>,
  verified: { transactions: Transaction[]; contracts: Contract[] },
  noted: ContractsResult,
  to: Pick<Sent, 'url' | 'isOwn'> & { toolRecord: ToolRecord },
) {
  const landed = verified.transactions.filter(({ status }) => status === 'success');
  const asked = new Set(noted.transactions.map(({ hash }) => hash));
  const late = landed.filter(({ hash }) => !asked.has(hash));
  const traces = new Map([...early, ...(await tracesIn(late, to))]);
  return {
    ...(await corrected(verified, traces, to.toolRecord, rpc(to.url))),
    isTraced: landed.length > 0 && landed.every(({ hash }) => traces.has(hash ?? '')),
  };
}

/**
 * In requests of their own, beside those that verify: traces are large, and a network that gives
 * none must not delay or fail the rest.
 */
function tracesIn(
  transactions: readonly Transaction[],
  { url, isOwn }: Pick<Sent, 'url' | 'isOwn'>,
): Promise<Map<string, Creation[]>> {
  const hashes = transactions.flatMap(({ hash }) => hash ?? []);
  return isOwn
    ? tracesOf(rpc(url, undefined, { batch: true }), hashes, isOwn)
    : tracesOf(rpc(url, REMOTE_TRACE_MS), hashes.slice(0, MOST_REMOTE_TRACES), isOwn);
}

function shortfall(
  transactions: readonly Transaction[],
  landed: number,
  { network, isOwn, hasSnapshot }: Pick<Sent, 'network' | 'isOwn' | 'hasSnapshot'>,
): Failure | undefined {
  const reverted = transactions.find((t) => t.status === 'reverted');
  if (reverted) {
    const target = [reverted.contractName, reverted.function].filter(Boolean).join('.');
    return {
      code: 'TRANSACTION_REVERTED',
      message: `Transaction ${reverted.index + 1}${target ? ` (${target})` : ''} was reverted on the chain. Look at its arguments and the state that it met.`,
    };
  }
  if (transactions.every((t) => t.verified)) return undefined;
  const waiting = transactions.filter((t) => isWaiting(t, isOwn));
  if (waiting.length > 0) return noReceipt(transactions, waiting, network);
  return {
    code: 'INCOMPLETE',
    message: `Only ${landed} of ${transactions.length} transactions are on the chain. ${goBack(hasSnapshot)}`,
  };
}

/** On a Drydock chain, what is in no block doesn't exist; a public chain may still mine it. */
const isWaiting = ({ hash, status, blockNumber }: Transaction, isOwn: boolean): boolean =>
  hash !== null && status === 'pending' && (blockNumber !== null || !isOwn);

function noReceipt(
  transactions: readonly Transaction[],
  waiting: readonly Transaction[],
  network: string,
): Failure {
  const { hash, blockNumber } = waiting[0] as Transaction;
  const others = waiting.length > 1 ? ` and ${waiting.length - 1} more` : '';
  const where =
    blockNumber === null ? 'and has it in no block yet' : `though it is in block ${blockNumber}`;
  return {
    code: NO_RECEIPT,
    message: `The run has sent ${sentWords(countsOf(transactions))}, and ${network} gives no receipt for ${hash}${others} yet, ${where}. The record is completed as soon as it does; look at it before you deploy again.`,
  };
}

/** What can be done about a run that is partly on the chain. */
export const goBack = (hasSnapshot: boolean): string =>
  hasSnapshot
    ? 'Revert to the snapshot before this run, or deploy again.'
    : 'Look at what is there before you deploy again.';
