import type { Deployment, ListStatus } from '#main/features/deployments/contract.ts';
import type { DeploymentStatus } from '#main/shared/run.ts';
import type { Tone } from '../../ui/state-dot.tsx';

const statusTone: Record<DeploymentStatus, Tone> = {
  queued: 'idle',
  running: 'active',
  cancelling: 'active',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  interrupted: 'warn',
};

export const statusWord: Record<ListStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  cancelling: 'Cancelling',
  succeeded: 'Succeeded',
  reverted: 'Reverted',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** A run as a state of its project: a successful run that was reverted is neither good nor bad. */
export function runTone(run: Pick<Deployment, 'status' | 'live'>): Tone {
  return run.status === 'succeeded' && run.live === false ? 'idle' : statusTone[run.status];
}

export function runWord(run: Pick<Deployment, 'status' | 'live'>): string {
  return statusWord[run.status === 'succeeded' && run.live === false ? 'reverted' : run.status];
}
