import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { newestBlock } from './blocks.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { AddressTransactions } from './contract/addresses.ts';
import { type IndexedLists, indexedLines } from './indexed-lines.ts';
import { placeOf, placeText } from './place.ts';

/** Nothing else tells them. */
const WAIT_MS = 1000;

/** A page of what has to do with an address, newest first. */
export async function addressTransactions(
  from: ReadNetwork,
  names: Names,
  { index, recordedOf }: IndexedLists,
  { address, before, limit }: { address: string; before?: string; limit: number },
): Promise<AddressTransactions> {
  const head = await indexOf(index, from, WAIT_MS);
  if (!head) {
    return { transactions: [], next: null, problem: await whyNone(from, index) };
  }
  const { block = head.number, position } = before === undefined ? {} : placeOf(before);
  const below = index.countBefore(head, block, position) ?? 0;
  const found = index.ofAddress(head, address, below, limit);
  const lines = await indexedLines(from, names, { index, recordedOf, head }, found);
  const last = found.at(-1);
  return {
    transactions: lines.map((line, i) => ({ ...line, roles: found[i]?.roles ?? [] })),
    next: last && found.length === limit ? placeText(last.blockNumber, last.position) : null,
    problem: from.isStopped ? whatIsRecorded(from.name) : whatIsBefore(index.first(head)),
  };
}

const whatIsBefore = (first: number): string | null =>
  first > 1 ? `What was before block ${first} is of the network that it was forked from.` : null;

const whatIsRecorded = (chain: string): string =>
  `The chain ${chain} is not running: this is what was recorded of it.`;

async function whyNone(from: ReadNetwork, index: ChainIndex): Promise<string | null> {
  const { isOwn, name } = from;
  if (!isOwn) {
    return `The node of ${name} does not tell which transactions an address has. They are known of local chains, and of forks since their first own block.`;
  }
  const newest = await newestBlock(from);
  const at = index.head(name)?.number ?? 0;
  if (newest === 0) return null;
  return `${name} is still being read: up to block ${at} of ${newest}. Try again in a moment.`;
}
