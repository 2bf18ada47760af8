import type { JournalEvent } from '../../shared/run.ts';
import type { Emit } from '../events/contract.ts';
import type { DeploymentsStore } from './store.ts';

/** A journal entry that changes a status. */
export type StatusEvent = Omit<Extract<JournalEvent, { type: 'status' }>, 'seq'>;

/**
 * What a change of status writes besides its journal entry: the status in the row, and the event
 * for other features. The journal calls it within the transaction of the entry, so none of the
 * three exists without the others.
 */
export function statusChanges(store: DeploymentsStore, emit: Emit) {
  return (id: number, { status, failure, at }: StatusEvent): void => {
    store.update(id, { status });
    const row = store.byId(id);
    if (!row) return;
    const deployment = {
      id,
      number: row.number,
      project: { id: row.projectId, name: row.projectName },
      target: row.target,
      title: row.title,
    };
    if (status === 'queued') emit({ type: 'deployment.queued', deployment });
    else if (status === 'running') emit({ type: 'deployment.started', deployment });
    else if (status !== 'cancelling') {
      emit({
        type: 'deployment.ended',
        deployment,
        status,
        failure: failure ? { code: failure.code, message: failure.message } : null,
        durationMs: row.startedAt === null ? null : at - row.startedAt,
        summary: row.summary,
      });
    }
  };
}
