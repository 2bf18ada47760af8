import type { ContractsResult, Result } from './result.ts';

/** What is known of a result once `news` has come: what it says replaces what was said before. */
export function mergeResult(known: Result | null, news: Result): Result {
  if (known?.family !== news.family) return news;
  switch (news.family) {
    case 'contracts':
      return mergeContracts(known as ContractsResult, news);
    case 'services':
      return news;
  }
}

/** Transactions by their position in the run; contracts are only ever told as a whole. */
function mergeContracts(known: ContractsResult, news: ContractsResult): ContractsResult {
  const byIndex = new Map(known.transactions.map((one) => [one.index, one]));
  for (const one of news.transactions) byIndex.set(one.index, one);
  return {
    family: 'contracts',
    chainId: news.chainId ?? known.chainId,
    sender: news.sender ?? known.sender,
    source: news.source ?? known.source,
    transactions: [...byIndex.values()].sort((a, b) => a.index - b.index),
    contracts: news.contracts.length > 0 ? news.contracts : known.contracts,
  };
}
