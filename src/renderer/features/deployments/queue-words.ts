import type { Deployment } from '#main/features/deployments/contract.ts';

type Queued = Pick<Deployment, 'id' | 'number' | 'project' | 'network'>;

interface Queue<T extends Queued> {
  running: readonly T[];
  waiting: readonly T[];
}

function inTheWay(run: Queued, other: Queued): 'project' | 'network' | null {
  if (other.project.id === run.project.id) return 'project';
  return other.network === run.network ? 'network' : null;
}

/**
 * Why a waiting run has not begun, as the queue decides it: one at a time for a project and for a
 * network, so many at once over all, and those ahead of it first.
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
      if (why === 'network') return `${name} ${verb} on ${other.network}`;
    }
  }
  if (queue.running.length >= atOnce) {
    return atOnce === 1 ? 'One run at a time' : `${atOnce} runs at a time`;
  }
  return 'Begins in a moment';
}

const named: Record<string, string> = { '-10': 'Low', '0': 'Normal', '10': 'High' };

/** The levels that the form offers; the command line takes any from −100 to 100. */
export const priorities = [10, 0, -10];

export function priorityWord(priority: number): string {
  return named[String(priority)] ?? `${priority > 0 ? 'High' : 'Low'} (${priority})`;
}

/** `2 running, 5 waiting`, leaving out what is not there; empty when all is quiet. */
export function queueWords(running: number, waiting: number): string {
  return [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`]
    .filter(Boolean)
    .join(', ');
}
