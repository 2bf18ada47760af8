import { amountOf } from '../../eth/amount.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { type NamedEvent, namedEvent } from '../../eth/inside/named-event.ts';
import { tracedLogs } from '../../eth/inside/traced-logs.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { DecodedError, DecodedValue } from '../../shared/decoded.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { CallInput, Simulation } from './contract.ts';
import type { OpenContract } from './open-contract.ts';
import { prepareCall } from './prepare-call.ts';
import { called, resultOf } from './read.ts';
import type { ContractResolver } from './resolve.ts';

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
  resolver: ContractResolver,
): Promise<Tried> {
  const asked = { ...input, from: input.from ?? (opened.from.isOwn ? '0' : undefined) };
  const { item, signature, data, from } = await prepareCall(opened, asked, resolver);
  const transaction = {
    ...(from ? { from } : {}),
    ...{ to: opened.address, data, value: `0x${amountOf(input.value).toString(16)}` },
  };
  const [{ values, error }, gas, events] = await Promise.all([
    called(opened, item, transaction),
    gasOf(opened, transaction),
    eventsOf(opened, transaction),
  ]);
  return { signature, transaction, values, error, gas: error ? null : gas, events };
}

export async function simulate(
  opened: OpenContract,
  input: CallInput,
  resolver: ContractResolver,
): Promise<Simulation> {
  const [{ signature, transaction, gas, ...tried }, newest] = await Promise.all([
    tryCall(opened, input, resolver),
    opened.from.call<string>('eth_blockNumber'),
  ]);
  return {
    ...tried,
    succeeds: tried.error === null,
    address: opened.address,
    from: transaction.from ?? null,
    function: signature,
    value: resultOf(tried.values),
    gas: gas === null ? null : gas.toString(),
    blockNumber: clampedInteger(newest),
  };
}

/** Rejects for a call that can't be made; the contract is not called. */
export async function checkCall(
  opened: OpenContract,
  { value, ...asked }: CallInput,
  resolver: ContractResolver,
): Promise<{ signature: string; sends: boolean }> {
  amountOf(value);
  const { item, signature } = await prepareCall(opened, asked, resolver);
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
  return Promise.all([...tracedLogs(trace)].map((log) => namedEvent(log, names)));
}

function unlessUnreachable(error: unknown): null {
  if (error instanceof RpcError && !error.unreachable) return null;
  throw error;
}
