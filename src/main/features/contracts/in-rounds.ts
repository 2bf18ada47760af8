import type { ReadNetwork } from '../../eth/network-reader.ts';

/** Calls at once; a remote node counts each of them against its limits. */
const ROUND = { own: 500, remote: 5 };

/** In the order of `items`. */
export async function inRounds<Item, Result>(
  { isOwn }: ReadNetwork,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const size = isOwn ? ROUND.own : ROUND.remote;
  const results: Result[] = [];
  for (let i = 0; i < items.length; i += size) {
    results.push(...(await Promise.all(items.slice(i, i + size).map(work))));
  }
  return results;
}
