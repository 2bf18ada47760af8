import type { DeploymentsStore } from '#main/features/deployments/store.ts';

/** A row to hang a journal on; no core will ever run it. Answers its id. */
export const queuedDeployment = (store: DeploymentsStore, projectId: number): number =>
  store.insert({
    projectId,
    network: 'local',
    script: '',
    signature: '',
    args: [],
    sender: null,
    createdAt: 0,
    phases: [],
    owner: { pid: process.pid, startedAt: '' },
    request: { snapshot: false },
    trigger: 'manual',
    priority: 0,
    retryOf: null,
  });
