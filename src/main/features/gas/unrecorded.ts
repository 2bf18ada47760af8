import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlockHead } from '../../eth/rpc-shapes.ts';

/** Blocks that are looked through; a remote node counts each of them against its limits. */
const MOST_BLOCKS = { own: 1000, remote: 20 };
const ROUND = { own: 50, remote: 5 };

const hex = (n: number): string => `0x${n.toString(16)}`;

/**
 * The transactions of the newest blocks, the newest first; both numbers are included.
 *
 * @returns `isAll`: there are no more blocks than were looked through
 */
export async function newestHashes(
  from: ReadNetwork,
  blocks: { from: number; to: number },
): Promise<{ hashes: string[]; isAll: boolean }> {
  const sizes = from.isOwn ? 'own' : 'remote';
  const newest = Number(await from.call<string>('eth_blockNumber'));
  const to = Math.min(newest, blocks.to);
  const first = Math.max(blocks.from, to - MOST_BLOCKS[sizes] + 1);
  const hashes: string[] = [];
  for (let at = to; at >= first; at -= ROUND[sizes]) {
    const numbers = Array.from(
      { length: Math.min(ROUND[sizes], at - first + 1) },
      (_, i) => at - i,
    );
    const heads = await Promise.all(
      numbers.map((n) => from.call<RpcBlockHead | null>('eth_getBlockByNumber', [hex(n), false])),
    );
    for (const head of heads) hashes.push(...(head?.transactions ?? []).toReversed());
  }
  return { hashes, isAll: first <= blocks.from };
}

/**
 * The newest of some blocks that a chain still has, and with it all those before; -1: it has none.
 *
 * @param blocks the newest first
 */
export async function newestStanding(
  { call }: ReadNetwork,
  blocks: Iterable<{ number: number; hash: string }>,
): Promise<number> {
  for (const { number, hash } of blocks) {
    const head = await call<RpcBlockHead | null>('eth_getBlockByNumber', [hex(number), false]);
    if (head?.hash === hash) return number;
  }
  return -1;
}
