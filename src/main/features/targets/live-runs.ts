import { costOf } from '../../eth/signed-fees.ts';
import { type Caller, DRYDOCK } from '../../shared/caller.ts';
import type {
  LiveRuns,
  ReviewedRun,
  SendingRun,
  SignedTransaction,
} from '../../targets/chain/live/reviewed-run.ts';

export interface LiveRunsDependencies {
  reviews: {
    store: Pick<LiveRuns, 'signed' | 'noteSigned'> & {
      byId: (id: number) => DecidedReview | undefined;
      /** One after another, also of several processes. */
      transaction: <T>(work: () => T) => T;
    };
    /** Throws REVIEW_NOT_FOUND, REVIEW_CLOSED. */
    approved: (id: number) => Omit<ReviewedRun, 'confirmations'>;
    /** Runs that are sending, by their review. */
    sending: Map<number, SendingRun>;
  };
  takeKey: LiveRuns['takeKey'];
  rails: LiveRuns['rails'];
  note: (note: SignedNote, caller: Caller) => void;
  changed: (change: { topic: 'reviews'; key: number }) => void;
}

interface DecidedReview {
  network: string;
  sender: string;
  key: string | null;
  runId: number | null;
  decidedBy: Caller | null;
}

/** What is noted of a signature. */
interface SignedNote {
  action: 'reviews.signed';
  outcome: 'done';
  subject: string | null;
  target: string;
  review: number;
  run: number | null;
  detail: string;
}

/** What live runs need of the reviews and the keys; whatever is signed is noted before it is sent. */
export function liveRuns({
  reviews,
  takeKey,
  rails,
  note,
  changed,
}: LiveRunsDependencies): LiveRuns {
  return {
    rails,
    approved(id) {
      const review = reviews.approved(id);
      const { network, terms } = review;
      return { ...review, confirmations: rails.confirmations(network, terms.chainId) };
    },
    signed: reviews.store.signed,
    sending(review, run) {
      reviews.sending.set(review, run);
      return () => reviews.sending.delete(review);
    },
    takeKey,
    noteSigned(id: number, transaction: SignedTransaction) {
      const { store } = reviews;
      const review = store.byId(id);
      if (!review) throw new Error(`review ${id} was deleted, and nothing is sent for it`);
      const { network, sender, key, runId, decidedBy } = review;
      // Other runs sign at the same time, also those of other processes.
      store.transaction(() => {
        const before = store.signed(id).findLast(({ nonce }) => nonce === transaction.nonce);
        const most = costOf(transaction.raw) - (before ? costOf(before.raw) : 0n);
        rails.assertMaySend({ network, sender, most });
        store.noteSigned(id, transaction);
      });
      changed({ topic: 'reviews', key: id });
      note(
        {
          ...{ action: 'reviews.signed', outcome: 'done' },
          ...{ subject: key, target: network, review: id, run: runId },
          detail: `nonce ${transaction.nonce}, ${transaction.hash}`,
        },
        decidedBy ?? DRYDOCK,
      );
    },
  };
}
