import { getAddress } from 'viem';
import type { IndexedBlock, IndexedHead } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlock, RpcBlockHead } from '../../eth/rpc-shapes.ts';
import { unlessUnread } from '../../eth/upstream-failure.ts';
import { blockTime } from '../../shared/block-time.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import { headsFrom, newestBlock } from './blocks.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { BlockDetail, BlockInput, BlockLine, BlockPage } from './contract/blocks.ts';
import type { TransactionLine } from './contract/transactions.ts';
import { type IndexedLists, indexedLines } from './indexed-lines.ts';
import { decimal } from './transaction-line.ts';
import { linesOf } from './transactions.ts';

export async function blockPage(
  from: ReadNetwork,
  index: ChainIndex,
  { before, limit }: { before?: number; limit: number },
): Promise<BlockPage> {
  const top = await indexOf(index, from);
  const indexed = top ? index.blocks(top, before ?? top.number, limit).map(indexedLine) : [];
  if (from.isStopped) return { blocks: indexed, next: nextOf(indexed, index, top), stopped: true };
  const last = indexed.at(-1);
  const newest = last ? last.number - 1 : await newestBlock(from);
  const rest = Math.min(last ? newest : (before ?? newest), newest);
  // What is below the first block of the index only the node knows.
  const read = headsFrom(from, rest, limit - indexed.length);
  const { heads, next } = (await (last ? unlessUnread(read) : read)) ?? NONE_READ;
  return { blocks: [...indexed, ...heads.map(lineOf)], next, stopped: false };
}

const NONE_READ = { heads: [], next: null };

/** Where to go on in the index. */
function nextOf(
  blocks: readonly BlockLine[],
  index: ChainIndex,
  top: IndexedHead | null,
): number | null {
  const last = blocks.at(-1);
  return top && last && last.number > index.first(top) ? last.number - 1 : null;
}

type BlockAsked = Omit<BlockInput, 'network'>;

/** `block`: a number, `latest`, or a hash. Throws BLOCK_NOT_FOUND. */
export async function blockDetail(
  from: ReadNetwork,
  names: Names,
  lists: IndexedLists,
  asked: BlockAsked,
): Promise<BlockDetail> {
  const { block, first, limit } = asked;
  const [head, top] = await Promise.all([
    block.startsWith('0x')
      ? from.call<RpcBlockHead | null>('eth_getBlockByHash', [block, false])
      : from.call<RpcBlockHead | null>('eth_getBlockByNumber', [quantity(block), false]),
    indexOf(lists.index, from),
  ]);
  if (!head) {
    throw new AppError(
      'BLOCK_NOT_FOUND',
      `${from.name} has no block ${block}. It may have been taken back; the newest one is shown by "drydock block show latest --network ${from.name}".`,
    );
  }
  const end = Math.min(first + limit, head.transactions.length);
  return {
    ...lineOf(head),
    network: from.name,
    parentHash: head.parentHash,
    miner: getAddress(head.miner),
    stopped: from.isStopped,
    transactions:
      (await indexedOf(from, names, { ...lists, top, head }, { first, end })) ??
      (await linesOfNode(from, names, head, { first, end })),
    next: end < head.transactions.length ? end : null,
  };
}

interface Positions {
  first: number;
  /** That one excluded. */
  end: number;
}

/** Some transactions of a block, as they are indexed. null: the block is not. */
async function indexedOf(
  from: ReadNetwork,
  names: Names,
  { index, recordedOf, top, head }: IndexedLists & { top: IndexedHead | null; head: RpcBlockHead },
  { first, end }: Positions,
): Promise<TransactionLine[] | null> {
  const number = Number(head.number);
  const block = top && number <= top.number ? index.blocks(top, number, 1)[0] : undefined;
  if (!top || block?.hash !== head.hash) return null;
  const count = Math.max(0, end - first);
  const found =
    count === 0 ? [] : index.transactions(top, block.firstTransaction + end, count).toReversed();
  return indexedLines(from, names, { index, recordedOf, head: top }, found);
}

async function linesOfNode(
  from: ReadNetwork,
  names: Names,
  head: RpcBlockHead,
  { first, end }: Positions,
): Promise<TransactionLine[]> {
  if (end <= first) return [];
  const block = await from.call<RpcBlock | null>('eth_getBlockByHash', [head.hash, true]);
  const transactions = block?.transactions.slice(first, end) ?? [];
  return block ? linesOf(from, names, { ...block, transactions }) : [];
}

const quantity = (asked: string): string =>
  asked === 'latest' ? asked : `0x${BigInt(asked).toString(16)}`;

const indexedLine = ({ transactions, firstTransaction: _, ...block }: IndexedBlock): BlockLine => ({
  ...block,
  timestamp: blockTime(block.timestamp),
  transactionCount: transactions,
});

const lineOf = (block: RpcBlock | RpcBlockHead): BlockLine => ({
  number: clampedInteger(block.number),
  hash: block.hash,
  timestamp: blockTime(block.timestamp),
  transactionCount: block.transactions.length,
  gasUsed: decimal(block.gasUsed),
  gasLimit: decimal(block.gasLimit),
  baseFee: block.baseFeePerGas === undefined ? null : decimal(block.baseFeePerGas),
});
