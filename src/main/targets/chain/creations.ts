import type { Rpc } from '../../eth/rpc.ts';

/** A contract that a transaction created, directly or through another contract. */
export interface Creation {
  /** Lower case. */
  address: string;
  how: 'create' | 'create2';
  /** Created by another contract, not by the transaction itself. */
  nested: boolean;
  /** Its creation code, arguments included; hex. null: unknown. */
  creationCode: string | null;
  /** The code at its address afterwards; hex. */
  runtimeCode: string;
}

/**
 * How the creations of a transaction were found: a trace of its calls, OpenEthereum's form of it,
 * or its receipt alone, which lists none that another contract made.
 */
export type TraceSource = 'debug_traceTransaction' | 'trace_transaction' | 'receipt';

export interface Creations {
  source: TraceSource;
  creations: Creation[];
}

/** https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#call-tracer */
interface Frame {
  type: string;
  to?: string;
  input?: string;
  output?: string;
  error?: string;
  calls?: Frame[];
}

/** https://openethereum.github.io/JSONRPC-trace-module#trace_transaction */
interface FlatFrame {
  type: string;
  action: { init?: string; creationMethod?: string };
  result?: { address?: string; code?: string } | null;
  error?: string;
  traceAddress: number[];
}

/**
 * All contracts that a successfully mined transaction created.
 *
 * @param created the address in its receipt, if there is one
 */
export async function creationsOf(
  call: Rpc,
  hash: string,
  created: string | null,
): Promise<Creations> {
  const frame = await orNull(
    call<Frame>('debug_traceTransaction', [hash, { tracer: 'callTracer' }]),
  );
  if (frame?.type) return { source: 'debug_traceTransaction', creations: [...inFrame(frame, 0)] };
  const flat = await orNull(call<FlatFrame[]>('trace_transaction', [hash]));
  if (Array.isArray(flat)) return { source: 'trace_transaction', creations: inFlat(flat) };
  return { source: 'receipt', creations: await inReceipt(call, hash, created) };
}

/** The node doesn't know the method, or no longer has the state. */
const orNull = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null);

function* inFrame(frame: Frame, depth: number): Generator<Creation> {
  if (frame.error) return;
  const { type, to, input, output } = frame;
  if ((type === 'CREATE' || type === 'CREATE2') && to) {
    yield {
      address: to.toLowerCase(),
      how: type === 'CREATE' ? 'create' : 'create2',
      nested: depth > 0,
      creationCode: input ?? null,
      runtimeCode: output ?? '0x',
    };
  }
  for (const inner of frame.calls ?? []) yield* inFrame(inner, depth + 1);
}

function inFlat(frames: readonly FlatFrame[]): Creation[] {
  const failed = frames.filter(({ error }) => error).map(({ traceAddress }) => traceAddress);
  const isWithin = (address: readonly number[], outer: readonly number[]) =>
    outer.every((step, i) => address[i] === step);
  return frames.flatMap(({ type, action, result, traceAddress }) => {
    if (type !== 'create' || !result?.address) return [];
    if (failed.some((outer) => isWithin(traceAddress, outer))) return [];
    return {
      address: result.address.toLowerCase(),
      how: action.creationMethod === 'create2' ? 'create2' : 'create',
      nested: traceAddress.length > 0,
      creationCode: action.init ?? null,
      runtimeCode: result.code ?? '0x',
    };
  });
}

async function inReceipt(call: Rpc, hash: string, created: string | null): Promise<Creation[]> {
  if (created === null) return [];
  const [transaction, runtimeCode] = await Promise.all([
    call<{ input?: string } | null>('eth_getTransactionByHash', [hash]),
    call<string>('eth_getCode', [created, 'latest']),
  ]);
  return [
    {
      address: created.toLowerCase(),
      ...{ how: 'create', nested: false, creationCode: transaction?.input ?? null, runtimeCode },
    },
  ];
}
