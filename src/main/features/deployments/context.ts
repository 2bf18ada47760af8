import type { Logger } from 'pino';
import type { Engines, OwnChoice } from '../../engines/engines.ts';
import type { ToolPin } from '../../engines/tools.ts';
import type { Kinds } from '../../kinds/kinds.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import type { Liveness } from '../../lib/processes/processes.ts';
import type { KnownSecrets } from '../../lib/secrets/known-secrets.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { TargetType } from '../../shared/kind.ts';
import type { BriefRef, SnapshotRef } from '../../shared/refs.ts';
import type { TargetProvider } from '../../targets/target.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import type { GitState } from '../projects/contract.ts';
import { Journal } from './journal.ts';
import { LiveLines } from './live-lines.ts';
import type { DeploymentRow } from './row.ts';
import type { EnvironmentOf, FollowFiles, MissingVariables } from './runner/run.ts';
import { statusChanges } from './status-changes.ts';
import type { DeploymentsStore } from './store.ts';

export interface DeploymentsDependencies extends Liveness {
  store: DeploymentsStore;
  engines: Engines;
  logger: Logger;
  secrets: KnownSecrets;
  emit: Emit;
  changed: (change: Change) => void;
  /** This core's own process, recorded with each run. */
  owner: ProcessRef;
  /** This core stays open: it also runs what closed cores left in the queue. */
  stays: boolean;
  /** Distinguishes this data folder's jobs from those of other data folders. */
  folderId: string;
  project: (ref: number | string) => {
    id: number;
    name: string;
    path: string;
    repository: string | null;
    engine: OwnChoice;
    kind: string;
  };
  /** The versions of tools that a run of the project uses, with lines that say why. */
  pinnedTools: (project: number) => Promise<{ pins: ToolPin[]; notes: string[] }>;
  kinds: Kinds;
  /** The address that a text stands for on a network. Throws NETWORK_NOT_FOUND. */
  addressesOn: (network: string) => AddressOf;
  /** A request's input, completed by what is kept for its project and target. */
  withDefaults: (
    project: number,
    target: string,
    asked: Record<string, unknown>,
  ) => Promise<Record<string, unknown>>;
  environment: EnvironmentOf;
  /** Names of variables that the code of a run asks for, and that it would not be given. */
  missingVariables: MissingVariables;
  /** Reaches targets of a type. */
  provider: (type: TargetType) => TargetProvider;
  /** Whether code of the project may run. */
  isTrusted: (folder: string) => boolean;
  /** Throws NOT_TRUSTED unless the project's code may run, or `give` allows it now. */
  ensureTrusted: (projectId: number, give?: boolean) => Promise<void>;
  git: (project: number) => Promise<GitState | null>;
  revert: (chain: string, snapshot: number) => Promise<{ leftBehind: SnapshotRef | null }>;
  resultFiles: FollowFiles;
  /** The live deployments that a revert would remove: those that are not in the snapshot. */
  wouldGo: (chain: string, snapshot: number) => BriefRef[];
  settings: () => { snapshotBeforeDeploy: boolean; concurrentRuns: number };
}

/** What the commands and queries of this feature share. */
export class DeploymentsContext {
  readonly store: DeploymentsStore;
  readonly journal: Journal;
  readonly liveLines = new LiveLines();
  closed = false;

  constructor(readonly deps: DeploymentsDependencies) {
    this.store = deps.store;
    this.journal = new Journal(deps.store, statusChanges(deps.store, deps.emit));
  }

  /** Throws DEPLOYMENT_NOT_FOUND. */
  find(id: number): DeploymentRow {
    const row = this.store.byId(id);
    if (row) return row;
    throw new AppError(
      'DEPLOYMENT_NOT_FOUND',
      `There is no deployment ${id}. List them with "drydock deployment list".`,
      { field: 'id', fix: { label: 'Show the history', command: 'drydock deployment list' } },
    );
  }

  changed(id: number): void {
    this.deps.changed({ topic: 'deployments', key: id });
  }
}
