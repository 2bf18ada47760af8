import { amountOf } from '../../eth/amount.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { type NamedEvent, namedEvent } from '../../eth/inside/named-event.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import { ranAtLogs } from '../../eth/inside/passed-on.ts';
import {
  type AccountChange,
  DIFF_TRACER,
  stateChanges,
  type TracedDiff,
} from '../../eth/inside/state-changes.ts';
import { KEYS_TRACER, type TracedKeys } from '../../eth/inside/storage-keys.ts';
import { tracedLogs } from '../../eth/inside/traced-logs.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import type { DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { AccountChanges } from '../explorer/contract/state.ts';
import type { CallInput, Simulation } from './contract/calls.ts';
import type { OpenContract } from './open-contract.ts';
import { prepareCall } from './prepare-call.ts';
import { called, resultOf } from './read.ts';

/** Names changed accounts by their variables; `keys`: what was hashed meanwhile. */
export type NamedState = (
  from: ReadNetwork,
  names: NetworkNames,
  accounts: readonly AccountChange[],
  keys: TracedKeys | null,
) => Promise<AccountChanges[]>;

/** A transaction that calls a contract, and what it would do now. */
export interface Tried {
  signature: string;
  transaction: { from?: string; to: string; data: string; value: string };
  values: DecodedValue[];
  error: DecodedError | null;
  /** null: it would fail. */
  gas: bigint | null;
  /** null: the network gives no trace of a call. */
  events: NamedEvent[] | null;
}

/** Runs a call at the newest block, from account 0 of a chain unless told otherwise. */
export async function tryCall(
  opened: OpenContract,
  input: CallInput,
  addressOf: AddressOf,
): Promise<Tried> {
  const asked = { ...input, from: input.from ?? (opened.from.isOwn ? '0' : undefined) };
  const { item, signature, data, from } = prepareCall(opened, asked, addressOf);
  const transaction = {
    ...(from ? { from } : {}),
    ...{ to: opened.address, data, value: `0x${amountOf(input.value).toString(16)}` },
  };
  const [outcome, gas, events] = await Promise.all([
    called(opened, item, transaction),
    gasOf(opened, transaction),
    eventsOf(opened, transaction),
  ]);
  const { values } = outcome;
  const takesNone = BigInt(transaction.value) > 0n && item.stateMutability !== 'payable';
  const error = takesNone ? withoutEther(signature, outcome.error) : outcome.error;
  return { signature, transaction, values, error, gas: error ? null : gas, events };
}

/** A function that takes no ether gives no reason of its own. */
const withoutEther = (signature: string, error: DecodedError | null): DecodedError | null =>
  error?.data === '0x'
    ? { ...error, text: `${signature} takes no ether: it is not payable` }
    : error;

export async function simulate(
  opened: OpenContract,
  input: CallInput,
  addressOf: AddressOf,
  namedState: NamedState,
): Promise<Simulation> {
  const [{ signature, transaction, gas, ...tried }, newest] = await Promise.all([
    tryCall(opened, input, addressOf),
    opened.from.call<string>('eth_blockNumber'),
  ]);
  const changes = gas === null ? null : await changesOf(opened, transaction, gas, namedState);
  return {
    ...{ ...tried, changes },
    succeeds: tried.error === null,
    address: opened.address,
    from: transaction.from ?? null,
    function: signature,
    value: resultOf(tried.values),
    gas: gas === null ? null : gas.toString(),
    blockNumber: clampedInteger(newest),
  };
}

/** Following one that runs longer instruction by instruction would keep its node busy for seconds. */
const MOST_FOLLOWED_GAS = 1_000_000n;

/** What a call would change, without the nonce of its sender; null: the network does not tell. */
async function changesOf(
  { from, names }: OpenContract,
  transaction: Tried['transaction'],
  gas: bigint,
  namedState: NamedState,
): Promise<AccountChanges[] | null> {
  const traced = <T>(tracer: object): Promise<T | null> =>
    from
      .call<T | null>('debug_traceCall', [transaction, 'latest', tracer])
      .catch(unlessUnreachable);
  const diff = await traced<TracedDiff>(DIFF_TRACER);
  if (!diff?.pre || !diff.post) return null;
  const sender = transaction.from?.toLowerCase();
  const accounts = stateChanges(diff)
    .map((one) => (one.address.toLowerCase() === sender ? { ...one, nonce: null } : one))
    .filter(({ balance, nonce, code, slots }) => balance || nonce || code || slots.length > 0);
  const hasSlots = accounts.some(({ slots }) => slots.length > 0);
  const isShort = from.isOwn && gas <= MOST_FOLLOWED_GAS;
  const keys = hasSlots && isShort ? await traced<TracedKeys>(KEYS_TRACER) : null;
  return namedState(from, names, accounts, Array.isArray(keys?.hashed) ? keys : null);
}

/** Rejects for a call that can't be made; the contract is not called. */
export async function checkCall(
  opened: OpenContract,
  { value, ...asked }: CallInput,
  addressOf: AddressOf,
): Promise<{ signature: string; sends: boolean }> {
  amountOf(value);
  const { item, signature } = prepareCall(opened, asked, addressOf);
  const sends = item.stateMutability !== 'view' && item.stateMutability !== 'pure';
  return { signature, sends };
}

/** null when it can't be told; why a call fails is told by the call. */
const gasOf = ({ from }: OpenContract, transaction: object): Promise<bigint | null> =>
  from.call<string>('eth_estimateGas', [transaction]).then(BigInt, unlessUnreachable);

async function eventsOf(
  { from, names }: OpenContract,
  transaction: object,
): Promise<NamedEvent[] | null> {
  const options = { tracer: 'callTracer', tracerConfig: { withLog: true } };
  const trace = await from
    .call<TracedCall | null>('debug_traceCall', [transaction, 'latest', options])
    .catch(unlessUnreachable);
  if (!trace?.type) return null;
  const logs = [...tracedLogs(trace)];
  const ran = ranAtLogs(trace, logs);
  return Promise.all(logs.map((log, i) => namedEvent(log, names, ran[i])));
}

function unlessUnreachable(error: unknown): null {
  if (error instanceof RpcError && !error.unreachable) return null;
  throw error;
}
