import { useQueue } from '../../../core/queries/use-queue.ts';
import { Spinner } from '../../../ui/spinner.tsx';

function useCounts() {
  const queue = useQueue().data;
  return { running: queue?.running.length ?? 0, waiting: queue?.waiting.length ?? 0 };
}

/** How many deployments are running and queued, in the sidebar. */
export function QueueCount() {
  const { running, waiting } = useCounts();
  if (running + waiting === 0) return null;
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-2xs nums">
      {running > 0 && <span className="text-accent">{running} run</span>}
      {waiting > 0 && <span className="text-ink-dim">{waiting} wait</span>}
    </span>
  );
}

/** The same in the status bar. */
export function QueueStatus() {
  const { running, waiting } = useCounts();
  if (running + waiting === 0) return null;
  return (
    <span role="status" className="inline-flex items-center gap-1.5">
      <Spinner size={12} />
      {running} running{waiting > 0 && ` · ${waiting} queued`}
    </span>
  );
}
