import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { servicesResultOf } from '#main/shared/result-parts.ts';
import { plural } from '../../ui/format.ts';

const started = (run: Pick<DeploymentDetail, 'result'>): number =>
  servicesResultOf(run.result)?.services.length ?? 0;

/** `Runs 1 service`, or that it was replaced or stopped. */
export function servicesOutcome(run: Pick<DeploymentDetail, 'result' | 'live'>): string {
  const count = started(run);
  if (count === 0) return 'Succeeded';
  return run.live === false
    ? `Stopped · had run ${plural(count, 'service')}`
    : `Runs ${plural(count, 'service')}`;
}
