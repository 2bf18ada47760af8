import type { Kinds } from '../../kinds/kinds.ts';
import type { Caller } from '../../shared/caller.ts';
import { AppError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/final.ts';
import { withoutAliases } from '../../shared/input-aliases.ts';
import type { BriefRef, SnapshotRef } from '../../shared/refs.ts';
import type { GitState } from '../projects/contract.ts';
import type {
  Deployment,
  RedeployInput,
  RetryChanges,
  Rollback,
  StartInput,
  Trigger,
} from './contract.ts';
import type { DeploymentRow } from './row.ts';
import type { Repeats } from './start-run.ts';
import type { DeploymentsStore } from './store.ts';
import type { RunSuccession } from './succession.ts';

export interface FollowUpDependencies {
  store: DeploymentsStore;
  /** Throws DEPLOYMENT_NOT_FOUND. */
  find: (id: number) => DeploymentRow;
  start: (input: StartInput, repeats: Repeats, caller: Caller) => Promise<Deployment>;
  toDto: (row: DeploymentRow) => Deployment;
  tell: (id: number) => void;
  kinds: Kinds;
  succession: RunSuccession;
  git: (project: number) => Promise<GitState | null>;
  ensureTrusted: (projectId: number, give?: boolean) => Promise<void>;
  revert: (chain: string, snapshot: number) => Promise<{ leftBehind: SnapshotRef | null }>;
  /** The live deployments that a revert would remove: those that are not in the snapshot. */
  wouldGo: (chain: string, snapshot: number) => BriefRef[];
}

/** What can be done with a run that has ended. */
export function followUps(deps: FollowUpDependencies) {
  const { store, find, start, toDto, tell } = deps;

  /** The request of an earlier run, to be repeated with changed fields of its input. */
  async function requestOf(
    row: DeploymentRow,
    changes: Record<string, unknown> = {},
  ): Promise<StartInput> {
    const kind = await deps.kinds.get(row.kind);
    return {
      project: row.projectId,
      target: row.target,
      input: kind.changed(row.input, withoutAliases(kind.info.inputs, changes)),
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
    async retry(
      id: number,
      { input, target, priority, ...others }: RetryChanges = {},
      caller: Caller,
    ): Promise<Deployment> {
      const row = find(id);
      mustBeOver(row);
      const before = await requestOf(row, input);
      const asked = {
        ...others,
        target: target ?? before.target,
        priority: priority ?? before.priority,
      };
      const again = await start({ ...before, ...asked, trigger: 'retry' }, { retryOf: id }, caller);
      store.settle(id);
      tell(id);
      return again;
    },

    /** Throws COMMIT_DIFFERS when the folder is not at the commit that was deployed. */
    async redeploy(
      input: RedeployInput,
      caller: Caller,
      trigger: Trigger = 'redeploy',
    ): Promise<Deployment> {
      const { id, asItIsNow, trust } = input;
      const row = find(id);
      mustBeOver(row);
      await deps.ensureTrusted(row.projectId, trust);
      const git = asItIsNow ? null : await deps.git(row.projectId);
      const same = git?.commit === row.commit && git?.dirty === 0 && row.dirty === 0;
      if (!asItIsNow && !same) throw commitDiffers(row, git);
      const request = await requestOf(row, input.input);
      return start({ ...request, trigger }, { retryOf: null }, caller);
    },

    /** Returns the target to its state before a deployment. */
    async rollback(id: number, dryRun: boolean): Promise<Rollback> {
      const row = find(id);
      const succession = await deps.succession.of(row);
      if (succession) {
        const { back } = await deps.succession.rollback(row, succession, dryRun);
        return {
          snapshot: null,
          gone: [briefOf(row)],
          back: back && briefOf(back),
          leftBehind: null,
        };
      }
      const { snapshotId, snapshotName } = row;
      if (snapshotId === null || snapshotName === null) {
        throw new AppError(
          'SNAPSHOT_NOT_FOUND',
          `There is no snapshot before deployment ${id}: it was deployed without one, or it was deleted. Choose a snapshot of ${row.target} to revert to.`,
        );
      }
      const gone = deps.wouldGo(row.target, snapshotId);
      const done = dryRun ? null : await deps.revert(row.target, snapshotId);
      const left = done?.leftBehind ?? null;
      return {
        snapshot: { id: snapshotId, name: snapshotName },
        gone,
        back: null,
        leftBehind: left && { id: left.id, name: left.name },
      };
    },

    /** Ends what a deployment started, where its target runs it. */
    async stop(id: number): Promise<Deployment> {
      const row = find(id);
      const succession = await deps.succession.of(row);
      if (!succession) {
        throw new AppError(
          'UNSUPPORTED',
          `What deployment ${id} has made doesn't run: it can be rolled back, and not stopped.`,
        );
      }
      await deps.succession.stop(row, succession);
      return toDto(find(id));
    },

    dismiss(id: number): Deployment {
      find(id);
      store.settle(id);
      tell(id);
      return toDto(find(id));
    },
  };
}

const briefOf = ({ id, number, projectName }: DeploymentRow): BriefRef => ({
  id,
  number,
  project: projectName,
});

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
