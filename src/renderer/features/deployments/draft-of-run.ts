import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { DeployDraft } from './deploy-draft.ts';

/** The deploy form filled with what a run was asked for; sent, it is a retry of that run. */
export function draftOfRun(run: DeploymentDetail, before: DeployDraft): DeployDraft {
  return {
    network: run.network,
    script: run.script,
    signature: run.signature,
    args: { ...before.args, [`${run.script} ${run.signature}`]: run.args },
    from: run.request.from,
    account: run.request.account,
    passwordFile: run.request.passwordFile,
    snapshot: run.request.snapshot,
    priority: run.priority === 0 ? undefined : run.priority,
    replaceWaiting: before.replaceWaiting,
    retryOf: { id: run.id, number: run.number },
  };
}
