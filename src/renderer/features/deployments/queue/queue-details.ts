import { useQueue } from '../../../core/queries/use-queue.ts';

/** `2 running, 5 waiting`, without zero counts; empty when both are zero. */
export function queueWords(running: number, waiting: number): string {
  return [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`]
    .filter(Boolean)
    .join(', ');
}

/** Shown beside Go to Queue. */
export function useQueueDetail(): string | undefined {
  const queue = useQueue().data;
  return queue && queueWords(queue.running.length, queue.waiting.length);
}
