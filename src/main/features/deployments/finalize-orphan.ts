import type { Result } from '../../shared/result.ts';
import type { Checked, TargetWords } from '../../targets/target.ts';
import { closeRun } from './close-run.ts';
import { endProcesses } from './orphan-processes.ts';
import { leftBehind, outcomeOf, wholeReading } from './recorded-outcome.ts';
import type { RecoveryDependencies } from './recovery.ts';
import type { DeploymentRow } from './row.ts';
import { tellsAll } from './tells-all.ts';

/** How long to wait for a target that has to report what became of a run. */
export const LONGEST_UNSETTLED_MS = 24 * 3_600_000;

/**
 * Completes the record of an ended run whose processes could not be checked: ends those that
 * remain, and asks the target again. Returns what was done, or undefined when it still can't be
 * determined.
 */
export async function finalizeOrphan(
  row: DeploymentRow,
  deps: RecoveryDependencies,
): Promise<string | undefined> {
  const { store, provider } = deps;
  // A later run's files must not be mistaken for this run's.
  const hasFiles = !store.hasLater(row);
  const before = hasFiles ? await wholeReading(row, deps) : null;
  if (!(await endProcesses(row, deps))) return undefined;
  const isLate = Date.now() - (row.endedAt ?? 0) > LONGEST_UNSETTLED_MS;
  if (!isLate && !(await provider.isThere(row.target))) {
    // The target is asked once it is available; the files exist only until the next run.
    if (hasFiles) await keepReading(row, deps, before);
    return undefined;
  }
  const left = await outcomeOf(row, deps, before, { hasFiles, isOver: true });
  const outcome = left === 'unreadable' ? null : left;
  const whole = outcome !== null && outcome.failure === undefined && tellsAll(row, deps.kind.info);
  const known = whatIsKnown(left, provider.words);
  const said = `Everything of this run has ended now. ${known}`;
  const failure = row.failure && { ...row.failure, message: `${row.failure.message} ${said}` };
  closeRun(row, deps, {
    status: whole ? 'succeeded' : row.status,
    failure: whole ? undefined : (failure ?? undefined),
    deadLetter: row.deadLetter && !whole,
    isGone: true,
    outcome,
    said,
  });
  return `What was left of ${row.projectName} #${row.number} was ended. ${known}`;
}

function whatIsKnown(left: Checked | 'unreadable' | null, words: TargetWords): string {
  if (left === null) return `It had ${words.nothing}.`;
  if (left === 'unreadable') return `What it had done can not be told: ${words.look(false)}.`;
  if (left.failure && left.open === 'unknown') return left.failure.message;
  return words.known(left.result);
}

async function keepReading(row: DeploymentRow, deps: RecoveryDependencies, before: Result | null) {
  const left = await leftBehind(row, deps, true);
  const result = left === 'unreadable' ? before : left;
  if (result) deps.store.transaction(() => deps.store.putResult(row.id, result));
}
