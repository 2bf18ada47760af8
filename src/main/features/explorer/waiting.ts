import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { RpcBlockHead, RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { Waiting } from './contract/transactions.ts';

/** Where a transaction waits that is not mined. Rejects with RpcError when the node doesn't respond. */
export async function waitingOf(
  from: ReadNetwork,
  { hash, from: sender, nonce }: RpcTransaction,
): Promise<Waiting> {
  const [block, next] = await Promise.all([
    from.call<RpcBlockHead | null>('eth_getBlockByNumber', ['pending', false]).catch(refusal),
    from.call<string>('eth_getTransactionCount', [sender, 'latest']).catch(refusal),
  ]);
  const hashes = block?.transactions ?? [];
  const index = hashes.indexOf(hash);
  const isHeld = next !== null && BigInt(nonce) > BigInt(next);
  return {
    position: index === -1 ? null : index + 1,
    of: index === -1 ? null : hashes.length,
    problem:
      index === -1 && isHeld
        ? `It has nonce ${BigInt(nonce)}, and the next one of its sender is ${BigInt(next)}: it waits until that was sent.`
        : null,
  };
}

/** Not every node builds a block that is pending. */
function refusal(error: unknown): null {
  if (error instanceof RpcError && !error.unreachable) return null;
  throw error;
}
