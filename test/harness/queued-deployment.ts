import type { NewDeployment } from '#main/features/deployments/row.ts';
import type { DeploymentsStore } from '#main/features/deployments/store.ts';
import { waitingPhases } from '#main/shared/phase.ts';

/** A request to run a script on a chain, as recorded. */
export function newDeployment(
  projectId: number,
  {
    script = 'script/Deploy.s.sol:Deploy',
    ...more
  }: Partial<NewDeployment> & { script?: string } = {},
): NewDeployment {
  const target = more.target ?? 'local';
  return {
    projectId,
    ...{ kind: 'foundry', family: 'contracts', target, title: `${script} run()` },
    input: { script, sig: 'run()', args: [], snapshot: false },
    createdAt: 1,
    phases: waitingPhases(['prepare', 'record']),
    owner: { pid: process.pid, startedAt: '' },
    locks: [`project:${projectId}`, `chain:${target}`],
    ...{ trigger: 'manual', priority: 0, retryOf: null, approval: null },
    ...{ resumes: false, standsFor: null },
    ...more,
  };
}

/** A row to which a journal can belong; no core ever runs it. Returns its id. */
export const queuedDeployment = (store: DeploymentsStore, projectId: number): number =>
  store.insert(newDeployment(projectId));
