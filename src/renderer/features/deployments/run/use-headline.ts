import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { useQueue } from '../../../core/queries/use-queue.ts';
import { useSettings } from '../../../core/queries/use-settings.ts';
import { runHeadline } from './run-headline.ts';
import { whyWaiting } from './why-waiting.ts';

/** What a run is doing or how it ended; for a queued one, what it waits for. */
export function useHeadline(run: DeploymentDetail): string {
  const queued = run.status === 'queued';
  const queue = useQueue(queued).data;
  const { settings } = useSettings();
  const kind = useKind(run.kind);
  if (!queued || !queue || !settings) return runHeadline(run, kind);
  return `Waiting: ${whyWaiting(run, queue, settings.concurrentRuns)}`;
}
