import { getAddress } from 'viem';
import type { Rpc } from '../../eth/rpc.ts';
import type { Mining } from '../../shared/mining.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import { miningOf } from './mining.ts';

/** How a chain makes blocks, and of what. */
export interface MakesBlocks {
  mining: Mining;
  /** Transactions that wait. */
  pending: number;
  next: NextBlock;
}

/** What the next block is made with; amounts are decimal. */
export interface NextBlock {
  /** wei */
  baseFee: string;
  gasLimit: string;
  coinbase: string;
  /** As anvil calls it. */
  hardfork: string;
}

interface NodeInfo {
  hardFork: string;
  environment: { baseFee: string; gasLimit: string };
}

/** Rejects with RpcError. */
export async function makesBlocks(call: Rpc): Promise<MakesBlocks> {
  const [mining, pool, node, coinbase] = await Promise.all([
    miningOf(call),
    call<{ pending: string; queued: string }>('txpool_status'),
    call<NodeInfo>('anvil_nodeInfo'),
    call<string>('eth_coinbase'),
  ]);
  return {
    mining,
    pending: clampedInteger(pool.pending) + clampedInteger(pool.queued),
    next: {
      baseFee: BigInt(node.environment.baseFee).toString(),
      gasLimit: BigInt(node.environment.gasLimit).toString(),
      coinbase: getAddress(coinbase.toLowerCase()),
      hardfork: node.hardFork,
    },
  };
}
