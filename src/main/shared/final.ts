import type { DeploymentStatus } from './run.ts';

/** Whether nothing will happen to a deployment any more by itself. */
export function isFinal(status: DeploymentStatus): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'cancelling';
}
