import { AppError } from '../../kit/errors.ts';
import type { GitState } from '../projects/contract.ts';
import { type Deployment, isFinal, type SnapshotRef, type StartInput } from './contract.ts';
import type { DeploymentRow, DeploymentsStore } from './store.ts';

export interface FollowUpParts {
  store: DeploymentsStore;
  /** Throws DEPLOYMENT_NOT_FOUND. */
  find: (id: number) => DeploymentRow;
  start: (input: StartInput, retryOf?: number | null) => Promise<Deployment>;
  present: (row: DeploymentRow) => Deployment;
  tell: (id: number) => void;
  project: (ref: number) => { path: string };
  git: (folder: string) => Promise<GitState | null>;
  revert: (chain: string, snapshot: number) => Promise<{ leftBehind: SnapshotRef | null }>;
  /** What would go with a revert: the live deployments that are not in the snapshot. */
  wouldGo: (chain: string, snapshot: number) => { id: number; number: number; project: string }[];
}

/** What can be done about a run that is over. */
export function followUps(parts: FollowUpParts) {
  const { store, find, start, present, tell } = parts;

  /** The request of an earlier run, to be made again. */
  function requestOf(row: DeploymentRow): StartInput {
    const { snapshot, ...rest } = row.request;
    return {
      ...rest,
      snapshot,
      project: row.projectId,
      network: row.network,
      script: row.script,
      sig: row.signature,
      args: row.args,
      priority: row.priority,
    };
  }

  function mustBeOver(row: DeploymentRow): void {
    if (isFinal(row.status)) return;
    throw new AppError(
      'DEPLOYMENT_RUNNING',
      `Deployment ${row.id} is still ${row.status}. Wait for its end, or cancel it.`,
    );
  }

  return {
    async retry(id: number, changes: Partial<StartInput> = {}): Promise<Deployment> {
      const row = find(id);
      mustBeOver(row);
      const again = await start({ ...requestOf(row), ...changes, trigger: 'retry' }, id);
      store.settle(id);
      tell(id);
      return again;
    },

    /** Throws COMMIT_DIFFERS when the folder is not what was deployed then. */
    async redeploy(id: number, asItIsNow: boolean): Promise<Deployment> {
      const row = find(id);
      mustBeOver(row);
      const project = parts.project(row.projectId);
      const git = asItIsNow ? null : await parts.git(project.path);
      const same = git?.commit === row.commit && git?.dirty === 0 && row.dirty === 0;
      if (!asItIsNow && !same) throw commitDiffers(row, git);
      return start({ ...requestOf(row), trigger: 'redeploy' });
    },

    /** Reverts the chain to the snapshot before a deployment. */
    async rollback(id: number, dryRun: boolean) {
      const row = find(id);
      const { snapshotId, snapshotName } = row;
      if (snapshotId === null || snapshotName === null) {
        throw new AppError(
          'SNAPSHOT_NOT_FOUND',
          `There is no snapshot before deployment ${id}: it was deployed without one, or it was deleted. Choose a snapshot of ${row.network} to revert to.`,
        );
      }
      const gone = parts.wouldGo(row.network, snapshotId);
      const done = dryRun ? null : await parts.revert(row.network, snapshotId);
      const left = done?.leftBehind ?? null;
      return {
        snapshot: { id: snapshotId, name: snapshotName },
        gone,
        leftBehind: left && { id: left.id, name: left.name },
      };
    },

    dismiss(id: number): Deployment {
      find(id);
      store.settle(id);
      tell(id);
      return present(find(id));
    },
  };
}

function commitDiffers(row: DeploymentRow, git: GitState | null): AppError {
  return new AppError('COMMIT_DIFFERS', whatDiffers(row, git), {
    fix: {
      label: 'Deploy as it is now',
      command: `drydock deployment redeploy ${row.id} --as-it-is-now`,
      call: { procedure: 'deployments.redeploy', input: { id: row.id, asItIsNow: true } },
    },
  });
}

function whatDiffers(
  { projectName, number, ...then }: DeploymentRow,
  now: GitState | null,
): string {
  const name = `${projectName} #${number}`;
  const commit = then.commit?.slice(0, 7);
  if (!commit) return `${name} was not deployed from a commit. Deploy the folder as it is now.`;
  if (then.dirty) {
    return `${name} was deployed from ${commit} with uncommitted changes, which no commit holds. Deploy the folder as it is now.`;
  }
  if (now?.commit !== then.commit) {
    return `${name} was deployed from ${commit}; the folder is at ${now?.commit?.slice(0, 7) ?? 'no commit'}. Check out that commit, or deploy the folder as it is now.`;
  }
  return `The folder is at ${commit}, as ${name} was, but has uncommitted changes. Stash them ("git stash -u"), or deploy the folder as it is now.`;
}
