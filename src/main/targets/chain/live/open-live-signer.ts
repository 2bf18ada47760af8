import type { HostAddress } from '../../../engines/engine.ts';
import { rpc } from '../../../eth/rpc.ts';
import { AppError } from '../../../shared/errors.ts';
import { LiveSigner } from './live-signer.ts';
import type { LiveRuns, ReviewedRun } from './reviewed-run.ts';
import { assertStillAsReviewed } from './still-as-reviewed.ts';

/**
 * The review by which a run may send with a key. Throws REVIEW_NEEDED, REVIEW_NOT_FOUND,
 * REVIEW_CLOSED.
 */
export function reviewOf(
  live: LiveRuns,
  { key, approval, network }: { key: string; approval: number | null; network: string },
): ReviewedRun {
  const review = approval === null ? null : live.approved(approval);
  if (review?.key === key && review.network === network) return review;
  throw new AppError(
    'REVIEW_NEEDED',
    `The key ${key} signs for ${network} only what was reviewed. Review it first: add --review.`,
    { field: 'key' },
  );
}

/** Opens the way of a live run to its network, once nothing has changed since the review. */
export async function openLiveSigner(
  live: LiveRuns,
  review: ReviewedRun,
  { url, host }: { url: string; host: HostAddress },
): Promise<LiveSigner> {
  await assertStillAsReviewed(review, live.signed(review.id), rpc(url));
  const key = await live.takeKey(review.key, review.terms);
  try {
    const signer = await LiveSigner.open({ review, key, live, url, host });
    if (review.isRaised) await signer.replaceWaiting();
    return signer;
  } catch (error) {
    await key[Symbol.asyncDispose]();
    throw error;
  }
}
