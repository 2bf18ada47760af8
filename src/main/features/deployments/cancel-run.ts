import { AppError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/final.ts';
import type { DeploymentsContext } from './context.ts';
import type { Queue } from './queue.ts';
import type { DeploymentRow } from './row.ts';
import { watchRun } from './watch-run.ts';

/** Resolves when every process of the run has ended and its end is recorded. */
export async function cancelRun(
  context: DeploymentsContext,
  queue: Queue,
  recover: (row: DeploymentRow) => Promise<unknown>,
  id: number,
): Promise<void> {
  const { deps, journal } = context;
  const row = context.find(id);
  if (isFinal(row.status)) {
    throw new AppError('DEPLOYMENT_ENDED', `Deployment ${id} has ended already (${row.status}).`);
  }
  if (row.status === 'queued' && endUnstarted(context, id)) return;
  // The core that runs it ends it as soon as it sees the request.
  if (journal.move(id, 'running', 'cancelling')) context.changed(id);
  if (queue.isActive(id)) await queue.cancel(id);
  else if (row.owner && (await deps.isAlive(row.owner))) await ended(context, queue, id);
  else await recover(context.find(id));
}

/** Ends a run that is still queued. Returns false when it has just started. */
export function endUnstarted(context: DeploymentsContext, id: number): boolean {
  const { journal, store } = context;
  const end = () => store.update(id, { endedAt: Date.now() });
  if (!journal.move(id, 'queued', 'cancelled', end)) return false;
  journal.finish(id);
  context.changed(id);
  return true;
}

/** Waits for a run of another core to end. */
async function ended(context: DeploymentsContext, queue: Queue, id: number): Promise<void> {
  const after = context.journal.lastSeq(id);
  for await (const _ of watchRun(context, queue, id, after, Number.MAX_SAFE_INTEGER)) {
    // The result doesn't matter, only that it ended.
  }
}
