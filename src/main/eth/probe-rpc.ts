import type { RequestHeaders } from '../lib/secrets/secret-headers.ts';
import { checkedReplies } from './checked-replies.ts';
import { RpcError, rpc } from './rpc.ts';

/** The chain id that a node tells. Rejects with RpcError, also for what is none. */
export async function chainIdAt(url: string): Promise<number> {
  return Number(await checkedReplies(rpc(url))<string>('eth_chainId'));
}

/** Chain id, block and round trip of an RPC. Rejects with RpcError. */
export async function probeRpc(
  url: string,
  headers: RequestHeaders = {},
): Promise<{ chainId: number; blockNumber: number; latencyMs: number }> {
  const call = checkedReplies(rpc(url, 5000, { headers }));
  const before = performance.now();
  const chainId = Number(await call<string>('eth_chainId'));
  const latencyMs = Math.round((performance.now() - before) * 10) / 10;
  const blockNumber = Number(await call<string>('eth_blockNumber'));
  if (!Number.isSafeInteger(chainId) || !Number.isSafeInteger(blockNumber)) {
    throw new RpcError('its answer is not one of an Ethereum node', true);
  }
  return { chainId, blockNumber, latencyMs };
}
