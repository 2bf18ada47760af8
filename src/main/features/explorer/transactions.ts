import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlock } from '../../eth/rpc-shapes.ts';
import { blocksFrom, newestBlock, receiptsOf } from './blocks.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { TransactionLine, TransactionPage } from './contract/transactions.ts';
import { type IndexedLists, indexedLines } from './indexed-lines.ts';
import { placeOf, placeText } from './place.ts';
import { partsOf, transactionLine } from './transaction-line.ts';

interface PageAsked {
  before?: string;
  below?: number;
  limit: number;
}

/** A page of transactions, newest first; from the node it holds whole blocks. */
export async function transactionPage(
  from: ReadNetwork,
  names: Names,
  { index, recordedOf }: IndexedLists,
  asked: PageAsked,
): Promise<TransactionPage> {
  const head = await indexOf(index, from);
  const below = head && firstBelow(index, head, asked);
  if (!head || below === null) return pageOfNode(from, names, asked, head);
  const found = index.transactions(head, below, asked.limit);
  const last = found.at(-1);
  const first = index.first(head);
  // What is below the first block of the index only the node knows.
  const rest = first > 1 && !from.isStopped ? `${first - 1}` : null;
  if (!last && rest !== null) return pageOfNode(from, names, { ...asked, before: rest }, head);
  const lines = await indexedLines(from, names, { index, recordedOf, head }, found);
  return {
    transactions: lines.map((line, i) => ({ ...line, ordinal: found[i]?.ordinal ?? null })),
    next: last && last.ordinal > 0 ? placeText(last.blockNumber, last.position) : rest,
    total: head.transactions,
    stopped: from.isStopped,
  };
}

/** How many transactions of the index come before the page; null: the page is below the index. */
function firstBelow(index: ChainIndex, head: IndexedHead, asked: PageAsked): number | null {
  if (asked.below !== undefined) return asked.below;
  if (asked.before === undefined) return head.transactions;
  const { block, position } = placeOf(asked.before);
  return index.countBefore(head, block, position);
}

async function pageOfNode(
  from: ReadNetwork,
  names: Names,
  { before, limit }: PageAsked,
  head: IndexedHead | null,
): Promise<TransactionPage> {
  const newest = await newestBlock(from);
  const { block = newest, position } = before === undefined ? {} : placeOf(before);
  const { blocks, next } = await blocksFrom(from, Math.min(block, newest), limit);
  const lines = await Promise.all(
    blocks.map(async (one) => {
      const all = await linesOf(from, names, one);
      return Number(one.number) === block ? all.slice(0, position) : all;
    }),
  );
  return {
    transactions: lines.flatMap((ofBlock) =>
      ofBlock.toReversed().map((line) => ({ ...line, ordinal: null })),
    ),
    next: next === null ? null : `${next}`,
    total: head?.transactions ?? null,
    stopped: false,
  };
}

/** The transactions of a block, in its order. */
export async function linesOf(
  from: ReadNetwork,
  names: Names,
  block: RpcBlock,
): Promise<TransactionLine[]> {
  const receipts = await receiptsOf(from, block);
  return Promise.all(
    block.transactions.map((one) =>
      transactionLine(partsOf(one, receipts.get(one.hash) ?? null, block.timestamp), names),
    ),
  );
}
