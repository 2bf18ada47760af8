import type { Deployment, DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { resultOf } from '../../../families/contracts/chain-run.ts';
import { landing } from '../../../families/contracts/words.ts';

export interface RunOffers {
  cancel: boolean;
  /** The same request again, after a failure. */
  retry: boolean;
  /** The same deployment again, although it succeeded. */
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

/**
 * Whether a run can be undone: its chain reverted where it left something there, or its release
 * rolled back while it serves.
 */
export function canRollBack(
  run: Pick<DeploymentDetail, 'status' | 'snapshot' | 'live' | 'result' | 'family'>,
): boolean {
  if (!isFinal(run.status)) return false;
  if (run.family !== 'contracts') return run.live === true;
  return run.snapshot !== null && reachedChain(run);
}

const reachedChain = (run: Pick<DeploymentDetail, 'result'>): boolean =>
  (landing(run)?.done ?? 0) > 0 || resultOf(run).contracts.length > 0;

/**
 * Whether the user may want to revert the chain next: the run did not finish, and a part of it is
 * still on the chain.
 */
export function leftSomething(
  run: Pick<DeploymentDetail, 'status' | 'live' | 'snapshot' | 'result' | 'family'>,
): boolean {
  const done = landing(run)?.done ?? 0;
  return canRollBack(run) && run.status !== 'succeeded' && run.live !== false && done > 0;
}

/** What a cancelled run had done so far. */
export function cancelledWords(run: Pick<DeploymentDetail, 'result' | 'live' | 'family'>): string {
  if (run.family !== 'contracts') return 'Cancelled. The previous release keeps running.';
  const { done, total } = landing(run) ?? { done: 0, total: 0 };
  if (done === 0) return 'Cancelled before anything had reached the chain.';
  const some = done === total ? `all ${done} transactions` : `${done} of ${total} transactions`;
  const now = run.live === false ? 'They were reverted since.' : 'They are recorded below.';
  return `Cancelled after ${some} had reached the chain. ${now}`;
}
