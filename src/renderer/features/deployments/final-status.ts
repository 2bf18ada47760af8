import type { DeploymentStatus } from '#main/features/deployments/contract.ts';

/** Nothing more happens in a run with this status. */
export function isFinal(status: DeploymentStatus): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'cancelling';
}
