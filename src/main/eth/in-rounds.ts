import type { ReadNetwork } from './network-reader.ts';

/** Items at once: a chain takes them in one request, a remote node counts each against its limits. */
const ROUND = { own: 500, remote: 5 };

/** Works on items, as many at once as the network takes. Returns the results in their order. */
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
