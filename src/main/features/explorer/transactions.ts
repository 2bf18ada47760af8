import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlock } from '../../eth/rpc-shapes.ts';
import { blocksFrom, newestBlock, receiptsOf } from './blocks.ts';
import type { TransactionLine, TransactionPage } from './contract.ts';
import { transactionLine } from './transaction-line.ts';

/** A page of transactions, newest first; it holds whole blocks. */
export async function transactionPage(
  from: ReadNetwork,
  names: Names,
  { before, limit }: { before?: number; limit: number },
): Promise<TransactionPage> {
  const newest = await newestBlock(from);
  const { blocks, next } = await blocksFrom(from, Math.min(before ?? newest, newest), limit);
  const lines = await Promise.all(blocks.map((block) => linesOf(from, names, block)));
  return { transactions: lines.flatMap((ofBlock) => ofBlock.toReversed()), next };
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
      transactionLine(one, receipts.get(one.hash) ?? null, block.timestamp, names),
    ),
  );
}
