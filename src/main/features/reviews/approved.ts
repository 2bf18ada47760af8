import { AppError } from '../../shared/errors.ts';
import type { Terms } from '../../signer/control/terms.ts';
import type { ReviewedRun } from '../../targets/chain/live/reviewed-run.ts';
import type { Certificate } from './contract.ts';
import type { ReviewRow, ReviewsStore } from './store.ts';

/** A review by its id. Throws REVIEW_NOT_FOUND. */
export function foundReview(store: Pick<ReviewsStore, 'byId'>, id: number): ReviewRow {
  const row = store.byId(id);
  if (row) return row;
  throw new AppError(
    'REVIEW_NOT_FOUND',
    `There is no review ${id}. List them with "drydock review list".`,
    { field: 'id', fix: { label: 'Show the reviews', command: 'drydock review list' } },
  );
}

export const closedReview = (id: number, why: string): AppError =>
  new AppError('REVIEW_CLOSED', `Review ${id} ${why}. Review it again.`);

/** What an approved review lets a run send. Throws REVIEW_NOT_FOUND, REVIEW_CLOSED. */
export function approvedReview(
  store: Pick<ReviewsStore, 'byId' | 'recorded'>,
  id: number,
): Omit<ReviewedRun, 'confirmations'> {
  const row = foundReview(store, id);
  if (row.status !== 'approved') throw closedReview(id, 'is not approved');
  return { ...reviewedRun(row), recorded: store.recorded(id) };
}

/** Throws REVIEW_CLOSED where there is nothing to send, or nobody to sign it. */
export function reviewedRun({
  id,
  network,
  chainId,
  sender,
  key,
  certificate,
  feeCap,
}: ReviewRow): Omit<ReviewedRun, 'recorded' | 'confirmations'> {
  if (!certificate) throw closedReview(id, 'has nothing to send');
  if (key === null) {
    throw closedReview(id, `was made without a key: it names the sender ${sender} only`);
  }
  const { externals } = certificate;
  const terms = termsOf(chainId, certificate, feeCap ?? certificate.fees.maxFeePerGas);
  return { id, network, sender, key, externals, terms, isRaised: feeCap !== null };
}

const hex = (amount: string | bigint): string => `0x${BigInt(amount).toString(16)}`;

const termsOf = (chainId: number, { transactions }: Certificate, feeCap: string): Terms => ({
  chainId,
  maxFeePerGas: hex(feeCap),
  transactions: transactions.map(({ nonce, to, value, data, gas }) => ({
    ...{ nonce, to, data, value: hex(value) },
    // What an estimate adds or leaves out, from one block to the next.
    gas: hex((BigInt(gas) * 3n) / 2n),
  })),
});
