import type { Emit } from '../events/contract.ts';
import type { JournalEvent } from './contract.ts';
import type { DeploymentsStore, NewEvent } from './store.ts';

/**
 * The store of deployments, announcing each change of a status that is written to a journal: in the
 * same transaction, so that no run ends without its event, nor the other way round.
 */
export function announcing(store: DeploymentsStore, emit: Emit): DeploymentsStore {
  return {
    ...store,
    append(id, first, batch) {
      const last = store.append(id, first, batch);
      for (const event of batch) {
        if (event.type === 'status') announce(id, event);
      }
      return last;
    },
  };

  function announce(id: number, event: Extract<NewEvent, { type: 'status' }>): void {
    const row = store.byId(id);
    if (!row) return;
    const deployment = {
      id,
      number: row.number,
      project: { id: row.projectId, name: row.projectName },
      network: row.network,
    };
    const { status, failure } = event as Extract<JournalEvent, { type: 'status' }>;
    if (status === 'queued') emit({ type: 'deployment.queued', deployment });
    else if (status === 'running') emit({ type: 'deployment.started', deployment });
    else if (status !== 'cancelling') {
      emit({
        type: 'deployment.ended',
        deployment,
        status,
        failure: failure ? { code: failure.code, message: failure.message } : null,
        durationMs: row.startedAt === null ? null : event.at - row.startedAt,
        contractCount: row.contractCount,
        gasUsed: row.gasUsed,
      });
    }
  }
}
