import type { Deployment, DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from './final-status.ts';
import { landed } from './run-headline.ts';

export interface RunOffers {
  cancel: boolean;
  /** The same request again, because it did not work out. */
  retry: boolean;
  /** The same deployment again, although it worked out. */
  redeploy: boolean;
  edit: boolean;
  dismiss: boolean;
}

/** What can be done with a run now. */
export function runOffers(run: Pick<Deployment, 'status' | 'deadLetter'>): RunOffers {
  const over = isFinal(run.status);
  return {
    cancel: !over,
    retry: over && run.status !== 'succeeded',
    redeploy: over,
    edit: over,
    dismiss: over && run.deadLetter,
  };
}

/** Whether the chain can be taken back to before a run. */
export function canRollBack(run: Pick<DeploymentDetail, 'status' | 'snapshot'>): boolean {
  return isFinal(run.status) && run.snapshot !== null;
}

/**
 * Whether taking the chain back is what somebody may want next: the run did not reach its end, and
 * a part of it is on the chain still.
 */
export function leftSomething(
  run: Pick<DeploymentDetail, 'status' | 'live' | 'snapshot' | 'transactions'>,
): boolean {
  return canRollBack(run) && run.status !== 'succeeded' && run.live !== false && landed(run) > 0;
}

/** What a cancelled run had done up to there. */
export function cancelledWords(run: Pick<DeploymentDetail, 'transactions' | 'live'>): string {
  const there = landed(run);
  if (there === 0) return 'Cancelled before anything had reached the chain.';
  const some =
    there === run.transactions.length
      ? `all ${there} transactions`
      : `${there} of ${run.transactions.length} transactions`;
  const now = run.live === false ? 'They were reverted since.' : 'They are recorded below.';
  return `Cancelled after ${some} had reached the chain. ${now}`;
}
