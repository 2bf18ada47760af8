import type { RunRef } from '../../engines/engine.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import type { ResultFamily } from '../../shared/kind.ts';
import type { Phase } from '../../shared/phase.ts';
import type { Summary } from '../../shared/result.ts';
import type { DeploymentStatus, Failure } from '../../shared/run.ts';
import type { Trigger } from './contract.ts';

/** A deployment as it is recorded. */
export interface DeploymentRow {
  id: number;
  number: number;
  projectId: number;
  projectName: string;
  kind: string;
  family: ResultFamily;
  /** Name of the network, or of the engine. */
  target: string;
  title: string;
  /** The whole request, as normalized by its kind. */
  input: Record<string, unknown>;
  status: DeploymentStatus;
  live: boolean | null;
  /** Null until something is known about the result. */
  summary: Summary | null;
  command: string | null;
  commit: string | null;
  branch: string | null;
  dirty: number | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  snapshotId: number | null;
  snapshotName: string | null;
  phases: Phase[];
  warnings: string[];
  failure: Failure | null;
  owner: ProcessRef | null;
  process: RunRef | null;
  trigger: Trigger;
  priority: number;
  retryOf: number | null;
  attempt: number;
  deadLetter: boolean;
  /** Id of what allowed it to change a target that others see. */
  approval: number | null;
  /** It goes on where an earlier run with the same approval broke off. */
  resumes: boolean;
  /** The target whose variables it is given; null: its own. */
  standsFor: string | null;
}

/** A request that is about to be recorded. */
export type NewDeployment = Pick<
  DeploymentRow,
  | 'projectId'
  | 'kind'
  | 'family'
  | 'target'
  | 'title'
  | 'input'
  | 'createdAt'
  | 'phases'
  | 'trigger'
  | 'priority'
  | 'retryOf'
  | 'approval'
  | 'resumes'
  | 'standsFor'
> & {
  owner: ProcessRef;
  /** Keys of the locks that it holds while it runs, e.g. `project:3`. */
  locks: readonly string[];
};
