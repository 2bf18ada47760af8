import { waitingPhases } from '../../shared/phase.ts';
import type { Result } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import type { Checked } from '../../targets/target.ts';
import { type CloseRunDependencies, closeRun } from './close-run.ts';
import { endProcesses, type OrphanDependencies } from './orphan-processes.ts';
import {
  type OutcomeDependencies,
  outcomeOf,
  pastRunOf,
  wholeReading,
} from './recorded-outcome.ts';
import type { DeploymentRow } from './row.ts';
import { tellsAll } from './tells-all.ts';

/** A run started this many times isn't started again: it may be what ends the core. */
const MOST_ATTEMPTS = 3;

export interface RecoveryDependencies
  extends CloseRunDependencies,
    OutcomeDependencies,
    OrphanDependencies {
  /** This core stays open, and so can start a run again. */
  stays: boolean;
}

/**
 * Brings one unfinished run of a closed core to a final state: queued again when it can't have
 * changed anything, otherwise ended, with what its target reports. Ends its processes first.
 * Returns what was done, as a sentence.
 */
export async function recoverRun(row: DeploymentRow, deps: RecoveryDependencies): Promise<string> {
  const { words } = deps.provider;
  const name = `${row.projectName} #${row.number}`;
  const phase = phaseOf(row, deps);
  const check = row.status !== 'queued' && phase.afterCrash !== 'repeat';
  // Its tool may still be writing, and would leave half a file if it were ended now.
  const before = check ? await wholeReading(row, deps) : null;
  const isGone = await endProcesses(row, deps);
  const end = closing(row, deps, isGone);

  if (row.status === 'queued') {
    if (deps.stays) return `${name} waits in the queue, as before.`;
    end('interrupted', null, interrupted(deps, 'before it began', null, false));
    return `${name} never began; it is recorded as interrupted.`;
  }
  const left = check ? await outcomeOf(row, deps, before, { isOver: isGone }) : null;
  if (left === null && isGone) await deps.provider.unprepare(pastRunOf(row, deps));
  // What was signed may be on its way: an approved run is gone on with, see `resumes`.
  const isApproved = row.approval !== null;
  const mayRepeat = isGone && deps.stays && row.attempt < MOST_ATTEMPTS && !isApproved;
  if (left === null && row.status !== 'cancelling' && mayRepeat) {
    repeat(row, deps, phase.id);
    return `${name} had ${words.nothing}; it was queued again.`;
  }
  const hasSnapshot = row.snapshotId !== null;
  if (left === 'unreadable') {
    end('interrupted', null, unreadable(deps, phase.id, hasSnapshot));
    return `${name} is recorded as interrupted; what it had done can't be told.`;
  }
  if (left && !left.failure && tellsAll(row, deps.kind.info)) {
    end('succeeded', left);
    return `${name} had ${words.everything}; it is recorded as succeeded.`;
  }
  if (row.status === 'cancelling') {
    end('cancelled', left);
    return `${name} was being cancelled; it is recorded as cancelled.`;
  }
  if (left?.failure && left.open === 'unknown') {
    const message = `Drydock was ended in the phase ${phase.id}. ${left.failure.message}`;
    end('interrupted', left, { code: 'INTERRUPTED', message });
    return `${name} is recorded as interrupted; ${row.target} could not be asked.`;
  }
  const result = left?.result ?? null;
  end('interrupted', left, interrupted(deps, `in the phase ${phase.id}`, result, hasSnapshot));
  return `${name} is recorded as interrupted, ${words.brief(result)}.`;
}

/** The phase that a run was in, and what happens to a run that was ended in it. */
function phaseOf({ phases }: DeploymentRow, { kind }: RecoveryDependencies) {
  const running = phases.find((one) => one.status === 'running')?.id;
  const known = kind.info.phases.find(({ id }) => id === running);
  // A phase that its kind no longer has may have been one that changes something.
  const otherwise = running === undefined ? ('repeat' as const) : ('check' as const);
  return {
    id: running ?? kind.info.phases[0]?.id ?? '',
    afterCrash: known?.afterCrash ?? otherwise,
  };
}

const closing =
  (row: DeploymentRow, deps: RecoveryDependencies, isGone: boolean) =>
  (
    status: 'succeeded' | 'cancelled' | 'interrupted',
    outcome: Checked | null,
    failure?: Failure,
  ): void =>
    closeRun(row, deps, { status, failure, deadLetter: failure !== undefined, isGone, outcome });

function repeat(
  row: DeploymentRow,
  { store, journal, kind, provider, changed }: RecoveryDependencies,
  phase: string,
) {
  const at = Date.now();
  const text = `Drydock was ended in the phase ${phase}. The run had ${provider.words.nothing}, so it begins again.`;
  journal.append(
    row.id,
    [
      { at, type: 'log', stream: 'drydock', text },
      { at, type: 'status', status: 'queued' },
    ],
    () =>
      store.update(row.id, {
        owner: null,
        process: null,
        attempt: row.attempt + 1,
        phases: waitingPhases(kind.info.phases.map(({ id }) => id)),
      }),
  );
  changed(row.id);
}

const interrupted = (
  { provider }: RecoveryDependencies,
  when: string,
  result: Result | null,
  hasSnapshot: boolean,
): Failure => ({
  code: 'INTERRUPTED',
  message: `Drydock was ended ${when}. ${provider.words.left(result, hasSnapshot)}`,
});

const unreadable = (
  { provider }: RecoveryDependencies,
  phase: string,
  hasSnapshot: boolean,
): Failure => ({
  code: 'INTERRUPTED',
  message: `Drydock was ended in the phase ${phase}, and the file that says what was done can't be read. To go on, ${provider.words.look(hasSnapshot)}, then deploy again.`,
});
