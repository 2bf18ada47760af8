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

/** https://github.com/Arachnid/deterministic-deployment-proxy */
const CREATE2_DEPLOYER = '0x4e59b44847b379578588920ca78fbf26c0b4956c';

/** A trace holds all code that was created, so that many of them are too large for one response. */
const AT_ONCE = 8;

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
  action: { to?: string; init?: string; creationMethod?: string };
  result?: { address?: string; code?: string } | null;
  error?: string;
  traceAddress: number[];
}

/** Whether a transaction with this recipient asks the deployer of CREATE2. */
export const isToDeployer = (to: string | null): boolean => to?.toLowerCase() === CREATE2_DEPLOYER;

/**
 * What each of these transactions created, by hash; those that the node doesn't trace are missing.
 * A node that traces none of the first ones is not asked for the others.
 *
 * @param isOwn a Drydock chain; of another node one transaction is requested first
 */
export async function tracesOf(
  call: Rpc,
  hashes: readonly string[],
  isOwn: boolean,
): Promise<Map<string, Creation[]>> {
  const found = new Map<string, Creation[]>();
  let size = isOwn ? AT_ONCE : 1;
  for (let next = 0; next < hashes.length; size = AT_ONCE) {
    const some = hashes.slice(next, next + size);
    next += some.length;
    const traces = await Promise.all(some.map((hash) => tracedCreations(call, hash)));
    for (const [i, creations] of traces.entries()) {
      if (creations) found.set(some[i] as string, creations);
    }
    if (found.size === 0) break;
  }
  return found;
}

/**
 * All contracts that a mined transaction created, by a trace of its calls, or by OpenEthereum's
 * form of it; null: the node gives neither.
 */
export async function tracedCreations(call: Rpc, hash: string): Promise<Creation[] | null> {
  const frame = await orNull(
    call<Frame>('debug_traceTransaction', [hash, { tracer: 'callTracer' }]),
  );
  if (frame?.type) return asSent([...inFrame(frame, 0)], frame.to ?? null);
  const flat = await orNull(call<FlatFrame[]>('trace_transaction', [hash]));
  if (!Array.isArray(flat)) return null;
  return asSent(inFlat(flat), flat[0]?.action.to ?? null);
}

/** What a mined transaction created itself: those of other contracts are not in its receipt. */
export async function createdItself(
  call: Rpc,
  { input, receipt }: { input: string; receipt: { contractAddress: string | null } },
): Promise<Creation[]> {
  const address = receipt.contractAddress;
  if (address === null) return [];
  const runtimeCode = await call<string>('eth_getCode', [address, 'latest']);
  return [
    {
      address: address.toLowerCase(),
      ...{ how: 'create', nested: false, creationCode: input, runtimeCode },
    },
  ];
}

/** The node doesn't know the method, or no longer has the state. */
const orNull = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null);

/** The deployer is a means of sending, not a contract of the run. */
function asSent(creations: Creation[], to: string | null): Creation[] {
  if (isToDeployer(to) && creations[0]) creations[0].nested = false;
  return creations;
}

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
