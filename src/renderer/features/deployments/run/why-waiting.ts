import type { Deployment } from '#main/features/deployments/contract.ts';

type Queued = Pick<Deployment, 'id' | 'number' | 'project' | 'target'>;

interface Queue<T extends Queued> {
  running: readonly T[];
  waiting: readonly T[];
}

function inTheWay(run: Queued, other: Queued): 'project' | 'network' | null {
  if (other.project.id === run.project.id) return 'project';
  return other.target === run.target ? 'network' : null;
}

/**
 * Why a queued run has not started, by the queue's rules: one at a time for a project and for a
 * network, a limited number in all, and those ahead of it first.
 */
export function whyWaiting(run: Queued, queue: Queue<Queued>, atOnce: number): string {
  const place = queue.waiting.findIndex(({ id }) => id === run.id);
  const ahead = place < 0 ? [] : queue.waiting.slice(0, place);
  for (const [others, verb] of [
    [queue.running, 'runs'],
    [ahead, 'is before it'],
  ] as const) {
    for (const other of others) {
      const name = `${other.project.name} #${other.number}`;
      const why = inTheWay(run, other);
      if (why === 'project') return `${name} ${verb}`;
      if (why === 'network') return `${name} ${verb} on ${other.target}`;
    }
  }
  if (queue.running.length >= atOnce) {
    return atOnce === 1 ? 'One run at a time' : `${atOnce} runs at a time`;
  }
  return 'Begins in a moment';
}
