import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlock, RpcBlockHead, RpcReceipt } from '../../eth/rpc-shapes.ts';

/** Blocks in one round of requests; a remote node counts each of them against its limits. */
const ROUND = { own: 50, remote: 5 };
/** Blocks without transactions that one page looks through. */
const MOST_EMPTY = { own: 1000, remote: 20 };

const hex = (n: number): string => `0x${n.toString(16)}`;

const sizes = <Sizes extends { own: number; remote: number }>(of: Sizes, from: ReadNetwork) =>
  from.isOwn ? of.own : of.remote;

export const newestBlock = async ({ call }: ReadNetwork): Promise<number> =>
  Number(await call<string>('eth_blockNumber'));

/** Blocks from `before` downwards, that one included; `next`: where to go on. */
export async function headsFrom(
  from: ReadNetwork,
  before: number,
  count: number,
): Promise<{ heads: RpcBlockHead[]; next: number | null }> {
  const heads: RpcBlockHead[] = [];
  let at = before;
  while (at >= 0 && heads.length < count) {
    const round = numbersDown(at, Math.min(sizes(ROUND, from), count - heads.length));
    const read = await Promise.all(
      round.map((n) => from.call<RpcBlockHead | null>('eth_getBlockByNumber', [hex(n), false])),
    );
    heads.push(...read.filter((head) => head !== null));
    at -= round.length;
  }
  return { heads, next: at >= 0 ? at : null };
}

/**
 * Whole blocks with transactions, from `before` downwards, until they hold `count` of them. Looks
 * through a bounded number of empty blocks, so that there may be none with a `next`.
 */
export async function blocksFrom(
  from: ReadNetwork,
  before: number,
  count: number,
): Promise<{ blocks: RpcBlock[]; next: number | null }> {
  const blocks: RpcBlock[] = [];
  let at = before;
  let found = 0;
  let left = sizes(MOST_EMPTY, from);
  while (at >= 0 && found < count && left > 0) {
    const round = numbersDown(at, sizes(ROUND, from));
    const read = await Promise.all(
      round.map((n) => from.call<RpcBlock | null>('eth_getBlockByNumber', [hex(n), true])),
    );
    for (const block of read) {
      if (found >= count || left <= 0) break;
      at -= 1;
      if (!block || block.transactions.length === 0) {
        left -= 1;
        continue;
      }
      blocks.push(block);
      found += block.transactions.length;
    }
  }
  return { blocks, next: at >= 0 ? at : null };
}

export async function receiptsOf(
  { call, isOwn }: ReadNetwork,
  block: RpcBlock,
): Promise<Map<string, RpcReceipt>> {
  const whole = isOwn
    ? await call<RpcReceipt[] | null>('eth_getBlockReceipts', [block.number]).catch(() => null)
    : null;
  const all =
    whole ??
    (await Promise.all(
      block.transactions.map(({ hash }) =>
        call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
      ),
    ));
  return new Map(all.flatMap((one) => (one ? [[one.transactionHash, one]] : [])));
}

const numbersDown = (first: number, count: number): number[] =>
  Array.from({ length: Math.min(count, first + 1) }, (_, i) => first - i);
