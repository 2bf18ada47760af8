import { setTimeout as sleep } from 'node:timers/promises';
import type { Kind, KindProject, LeftRun } from '../../kinds/kind.ts';
import { isNothing } from '../../shared/is-nothing.ts';
import type { Result } from '../../shared/result.ts';
import type { Checked, PastRun, TargetProvider } from '../../targets/target.ts';
import type { DeploymentRow } from './row.ts';
import type { DeploymentsStore } from './store.ts';

const READ_AGAIN_MS = 5;
/** Longer than a tool takes to write its file, also on a machine that hardly lets it run. */
const LONGEST_WRITING_MS = 1000;

export interface OutcomeDependencies {
  store: DeploymentsStore;
  project: KindProject;
  kind: Kind;
  provider: TargetProvider;
}

/**
 * What the run's tool has written. null: nothing; `unreadable`: it can be read only in part.
 *
 * @param isOver nothing of the run is still going on
 */
export async function leftBehind(
  row: DeploymentRow,
  deps: OutcomeDependencies,
  isOver: boolean,
): Promise<Result | 'unreadable' | null> {
  const run = leftRunOf(row, deps);
  const left = run && (await deps.kind.recover(run, isOver).catch(() => 'unreadable' as const));
  if (left === null || left === 'unreadable') return left;
  return isNothing(left) ? null : left;
}

/** What the tool has planned and done so far, once its file can be read. */
export async function wholeReading(
  row: DeploymentRow,
  deps: OutcomeDependencies,
): Promise<Result | null> {
  const until = performance.now() + LONGEST_WRITING_MS;
  for (;;) {
    const left = await leftBehind(row, deps, false);
    if (left !== 'unreadable') return left;
    if (performance.now() > until) return null;
    await sleep(READ_AGAIN_MS);
  }
}

/**
 * What was done, according to the tool, to Drydock's records, and then to the target. null:
 * nothing; `unreadable`: something was done, and what can't be determined.
 *
 * @param before an earlier reading of the files
 * @param files whether they belong to this run, not to a later one, and nothing writes them any more
 */
export async function outcomeOf(
  row: DeploymentRow,
  deps: OutcomeDependencies,
  before: Result | null,
  { hasFiles = true, isOver }: { hasFiles?: boolean; isOver: boolean },
): Promise<Checked | 'unreadable' | null> {
  const left = hasFiles ? await leftBehind(row, deps, isOver) : null;
  const recorded = deps.store.result(row.id);
  const whole = left === 'unreadable' ? null : left;
  // Counted as done: a tool may note what it has done only afterwards.
  const outcome = whole ?? before ?? (recorded && !isNothing(recorded) ? recorded : null);
  if (outcome === null) return left === 'unreadable' ? left : null;
  return deps.provider.check(pastRunOf(row, deps), outcome);
}

/** As its kind needs it to look for what the run left; null: the run never started. */
export function leftRunOf(row: DeploymentRow, deps: OutcomeDependencies): LeftRun | null {
  const { id, input, startedAt, target } = row;
  if (startedAt === null) return null;
  const { project, store, provider } = deps;
  return { id, project, input, result: store.result(id), isOwn: provider.isOwn(target), startedAt };
}

/** As its target needs it. */
export const pastRunOf = (
  row: DeploymentRow,
  { store, kind, project }: OutcomeDependencies,
): PastRun => ({
  name: row.target,
  project,
  needs: kind.needs(row.input),
  result: store.result(row.id),
  snapshotId: row.snapshotId,
});
