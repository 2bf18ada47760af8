import type { Deployment } from './contract.ts';
import type { DeploymentRow } from './store.ts';

/** A row as everybody outside of the feature sees it. */
export function present(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    number: row.number,
    project: { id: row.projectId, name: row.projectName },
    network: row.network,
    chainId: row.chainId,
    status: row.status,
    live: row.live,
    script: row.script,
    signature: row.signature,
    args: row.args,
    from: row.sender,
    commit: row.commit,
    branch: row.branch,
    dirty: row.dirty,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    contractCount: row.contractCount,
    gasUsed: row.gasUsed,
    failure: row.failure,
    trigger: row.trigger,
    priority: row.priority,
    retryOf: row.retryOf,
    attempt: row.attempt,
    deadLetter: row.deadLetter,
  };
}
