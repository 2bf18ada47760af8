import { BaseError, http } from 'viem';

/** One JSON-RPC call. Rejects with `RpcError`, which tells a refusal from an unreachable node. */
export type Rpc = <T = unknown>(method: string, params?: unknown[]) => Promise<T>;

export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    message: string,
    /** The node did not answer at all, or not as a node. */
    readonly unreachable: boolean,
  ) {
    super(message);
  }
}

/**
 * Never repeats a call: what may be repeated, the caller knows. The URL is never in a message.
 *
 * @param options.batch send the calls of one turn in one request, which not every node understands
 */
export function rpc(url: string, timeoutMs = 10_000, options: { batch?: boolean } = {}): Rpc {
  const { batch } = options;
  const transport = http(url, { retryCount: 0, timeout: timeoutMs, batch })({});
  return async <T>(method: string, params: unknown[] = []) => {
    try {
      return (await transport.request({ method, params })) as T;
    } catch (error) {
      throw toRpcError(error, method);
    }
  };
}

function toRpcError(error: unknown, method: string): RpcError {
  if (!(error instanceof BaseError)) return new RpcError(`${method} failed`, true);
  const unreachable = error.walk(
    (e) => e instanceof Error && (e.name === 'HttpRequestError' || e.name === 'TimeoutError'),
  );
  if (unreachable) {
    const timedOut = (unreachable as Error).name === 'TimeoutError';
    const status = (unreachable as { status?: number }).status;
    const why = timedOut ? 'no answer in time' : status ? `HTTP ${status}` : 'no connection';
    return new RpcError(why, true);
  }
  const details = error.details || error.shortMessage;
  return new RpcError(details, false);
}

/** Chain id, block and round trip of an RPC. Rejects with RpcError. */
export async function probeRpc(url: string): Promise<{
  chainId: number;
  blockNumber: number;
  latencyMs: number;
}> {
  const call = rpc(url, 5000);
  const before = performance.now();
  const chainId = Number(await call<string>('eth_chainId'));
  const latencyMs = Math.round((performance.now() - before) * 10) / 10;
  const blockNumber = Number(await call<string>('eth_blockNumber'));
  if (!Number.isSafeInteger(chainId) || !Number.isSafeInteger(blockNumber)) {
    throw new RpcError('its answer is not one of an Ethereum node', true);
  }
  return { chainId, blockNumber, latencyMs };
}
