import type { Deployment } from './contract.ts';
import type { DeploymentRow } from './row.ts';

/** A row as it appears outside of the feature. */
export function toDto(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    number: row.number,
    project: { id: row.projectId, name: row.projectName },
    kind: row.kind,
    family: row.family,
    target: row.target,
    title: row.title,
    status: row.status,
    live: row.live,
    input: row.input,
    summary: row.summary,
    commit: row.commit,
    branch: row.branch,
    dirty: row.dirty,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    failure: row.failure,
    trigger: row.trigger,
    priority: row.priority,
    retryOf: row.retryOf,
    attempt: row.attempt,
    deadLetter: row.deadLetter,
    review: row.approval,
  };
}
