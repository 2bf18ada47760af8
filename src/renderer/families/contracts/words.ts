import type { Deployment, DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { Transaction } from '#main/shared/result.ts';
import { contractsOf, contractsResultOf, countsOf, sentWords } from '#main/shared/result-parts.ts';
import { transactionPath } from '../../core/paths.ts';
import { plural } from '../../ui/format.ts';

type Run = Pick<DeploymentDetail, 'result' | 'summary' | 'live'>;

const transactionsOf = (run: Pick<Run, 'result'>): readonly Transaction[] =>
  contractsResultOf(run.result)?.transactions ?? [];

/** How many of a run's transactions are on the chain, and of how many. */
export function landing(run: Pick<Run, 'result'>): { done: number; total: number } | null {
  const all = transactionsOf(run);
  if (all.length === 0) return null;
  const done = all.filter(({ status }) => status === 'success' || status === 'reverted').length;
  return { done, total: all.length };
}

export function contractsOutcome(run: Run): string {
  const transactions = transactionsOf(run);
  if (transactions.length === 0) return 'Succeeded · nothing was sent';
  // The record, which includes nested contracts, is updated shortly after the last event.
  const contracts =
    contractsOf(run.summary)?.contractCount ||
    transactions.filter(({ kind }) => kind !== 'call').length;
  const what =
    contracts > 0 ? plural(contracts, 'contract') : plural(transactions.length, 'transaction');
  return run.live === false ? `Reverted · had deployed ${what}` : `Deployed ${what}`;
}

/** What was sent; empty when nothing was planned. */
export function sentSoFar(run: Pick<Run, 'result'>): string {
  const transactions = transactionsOf(run);
  return transactions.length > 0 ? `sent ${sentWords(countsOf(transactions))}` : '';
}

/** Hash of the transaction of a failed run that the chain took and reverted; null: there is none. */
export const revertedHash = (run: Pick<DeploymentDetail, 'result'>): string | null =>
  transactionsOf(run).find(
    ({ status, hash, elsewhere }) => status === 'reverted' && hash !== null && elsewhere === null,
  )?.hash ?? null;

/** Its page. */
export function revertedPage(
  run: Pick<DeploymentDetail, 'result' | 'target'>,
): { label: string; path: string } | null {
  const hash = revertedHash(run);
  return hash === null
    ? null
    : { label: 'Look into the transaction', path: transactionPath(run.target, hash) };
}

export const contractCount = (run: Pick<Deployment, 'summary'>): string =>
  String(contractsOf(run.summary)?.contractCount ?? 0);

export const gasUsed = (run: Pick<Deployment, 'summary'>): string | null =>
  contractsOf(run.summary)?.gasUsed ?? null;
