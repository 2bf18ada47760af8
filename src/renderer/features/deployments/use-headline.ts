import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { useSettings } from '../settings/use-settings.ts';
import { whyWaiting } from './queue-words.ts';
import { runHeadline } from './run-headline.ts';
import { useQueue } from './use-queue.ts';

/** What a run is doing or how it ended; of a waiting one, what it waits for. */
export function useHeadline(run: DeploymentDetail): string {
  const queued = run.status === 'queued';
  const queue = useQueue(queued).data;
  const { settings } = useSettings();
  if (!queued || !queue || !settings) return runHeadline(run);
  return `Waiting: ${whyWaiting(run, queue, settings.concurrentRuns)}`;
}
