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
    };
    /** Throws REVIEW_NOT_FOUND, REVIEW_CLOSED. */
    approved: (id: number) => Omit<ReviewedRun, 'confirmations'>;
    /** Runs that are sending, by their review. */
    sending: Map<number, SendingRun>;
  };
  takeKey: LiveRuns['takeKey'];
  rails: LiveRuns['rails'];
  note: (note: SignedNote, caller: Caller) => void;
}

interface DecidedReview {
  network: string;
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
export function liveRuns({ reviews, takeKey, rails, note }: LiveRunsDependencies): LiveRuns {
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
      reviews.store.noteSigned(id, transaction);
      const review = reviews.store.byId(id);
      if (!review) return;
      const { network, key, runId, decidedBy } = review;
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
