import { getAddress } from 'viem';
import type { IndexedBlock } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlock, RpcBlockHead } from '../../eth/rpc-shapes.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import { headsFrom, newestBlock } from './blocks.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { BlockDetail, BlockLine, BlockPage } from './contract.ts';
import { decimal } from './transaction-line.ts';
import { linesOf } from './transactions.ts';

export async function blockPage(
  from: ReadNetwork,
  index: ChainIndex,
  { before, limit }: { before?: number; limit: number },
): Promise<BlockPage> {
  const top = await indexOf(index, from);
  const indexed = top ? index.blocks(top, before ?? top.number, limit).map(indexedLine) : [];
  const last = indexed.at(-1);
  const newest = last ? last.number - 1 : await newestBlock(from);
  const rest = Math.min(last ? newest : (before ?? newest), newest);
  // What is below the first block of the index only the node knows.
  const { heads, next } = await headsFrom(from, rest, limit - indexed.length);
  return { blocks: [...indexed, ...heads.map(lineOf)], next };
}

/** @param asked a number, `latest`, or a hash. Throws BLOCK_NOT_FOUND. */
export async function blockDetail(
  from: ReadNetwork,
  names: Names,
  asked: string,
): Promise<BlockDetail> {
  const block = asked.startsWith('0x')
    ? await from.call<RpcBlock | null>('eth_getBlockByHash', [asked, true])
    : await from.call<RpcBlock | null>('eth_getBlockByNumber', [quantity(asked), true]);
  if (!block) {
    throw new AppError(
      'BLOCK_NOT_FOUND',
      `${from.name} has no block ${asked}. It may have been taken back; the newest one is shown by "drydock block show latest --network ${from.name}".`,
    );
  }
  return {
    ...lineOf(block),
    network: from.name,
    parentHash: block.parentHash,
    miner: getAddress(block.miner),
    transactions: await linesOf(from, names, block),
  };
}

const quantity = (asked: string): string =>
  asked === 'latest' ? asked : `0x${BigInt(asked).toString(16)}`;

const indexedLine = ({ transactions, firstTransaction: _, ...block }: IndexedBlock): BlockLine => ({
  ...block,
  transactionCount: transactions,
});

const lineOf = (block: RpcBlock | RpcBlockHead): BlockLine => ({
  number: clampedInteger(block.number),
  hash: block.hash,
  timestamp: clampedInteger(block.timestamp),
  transactionCount: block.transactions.length,
  gasUsed: decimal(block.gasUsed),
  gasLimit: decimal(block.gasLimit),
  baseFee: block.baseFeePerGas === undefined ? null : decimal(block.baseFeePerGas),
});
