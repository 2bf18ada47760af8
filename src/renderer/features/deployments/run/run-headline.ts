import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { KindInfo } from '#main/shared/kind.ts';
import { familyOf } from '../../../families/all.ts';

/** What a run is doing or how it ended, in a few words. */
export function runHeadline(run: DeploymentDetail, kind: Pick<KindInfo, 'phases'> | null): string {
  const family = familyOf(run.family);
  switch (run.status) {
    case 'queued':
      return 'Waiting for its turn';
    case 'running': {
      const running = run.phases.find(({ status }) => status === 'running');
      if (!running) return 'Starting';
      const phase = kind?.phases.find(({ id }) => id === running.id);
      const words = phase?.doing ?? phase?.label ?? running.id;
      const progress = phase?.counted ? family.progress?.(run) : null;
      return progress ? `${words} ${progress.done} of ${progress.total}` : words;
    }
    case 'cancelling':
      return 'Cancelling: ending its processes';
    case 'succeeded':
      return family.outcome(run);
    case 'failed':
      return withReached('Failed', run);
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return withReached('Interrupted', run);
  }
}

/** What an unfinished run did; empty when nothing was planned. */
function withReached(words: string, run: DeploymentDetail): string {
  const reached = familyOf(run.family).reached(run);
  return reached === '' ? words : `${words} · ${reached}`;
}
