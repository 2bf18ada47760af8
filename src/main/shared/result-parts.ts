import type {
  ContractsResult,
  ContractsSummary,
  Result,
  ServicesResult,
  Summary,
  Transaction,
  TransactionCounts,
} from './result.ts';

export const countsOf = (transactions: readonly Transaction[]): TransactionCounts => ({
  planned: transactions.length,
  sent: transactions.filter((t) => t.hash !== null).length,
  mined: transactions.filter((t) => t.blockNumber !== null).length,
});

/** `3 transactions` when all are mined, else e.g. `2 of 3 planned transactions, 1 mined`. */
export function sentWords({ planned, sent, mined }: TransactionCounts): string {
  const some = sent === planned ? `${sent}` : `${sent} of ${planned} planned`;
  const words = `${some} transaction${planned === 1 ? '' : 's'}`;
  return mined === sent ? words : `${words}, ${mined} mined`;
}

export function summaryOf(result: Result): Summary {
  switch (result.family) {
    case 'contracts':
      return {
        family: 'contracts',
        chainId: result.chainId,
        sender: result.sender,
        source: result.source,
        contractCount: result.contracts.length,
        transactionCounts: countsOf(result.transactions),
        gasUsed: gasOf(result.transactions),
      };
    case 'services':
      return {
        family: 'services',
        services: result.services.map(({ name, url, health }) => ({ name, url, health })),
      };
  }
}

/** Sum over all receipts, as a decimal; null before there is one. */
export function gasOf(transactions: readonly Transaction[]): string | null {
  const used = transactions.flatMap((t) => (t.gasUsed === null ? [] : [BigInt(t.gasUsed)]));
  return used.length === 0 ? null : used.reduce((sum, gas) => sum + gas, 0n).toString();
}

/** The summary of a run on a chain; null for any other, and before anything is known. */
export const contractsOf = (summary: Summary | null): ContractsSummary | null =>
  summary?.family === 'contracts' ? summary : null;

/** The same of a whole result. */
export const contractsResultOf = (result: Result | null): ContractsResult | null =>
  result?.family === 'contracts' ? result : null;

/** The same of a run on the container engine. */
export const servicesResultOf = (result: Result | null): ServicesResult | null =>
  result?.family === 'services' ? result : null;

/** `2 contracts`, `1 service`: what came out, in two words; empty when that can't be told. */
export function resultWords(summary: Summary | null): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  switch (summary?.family) {
    case 'contracts':
      return count(summary.contractCount, 'contract');
    case 'services':
      return count(summary.services.length, 'service');
    default:
      return '';
  }
}
