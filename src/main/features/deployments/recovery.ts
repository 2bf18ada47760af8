import type { Engines } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import { type ConcludeParts, conclude } from './conclude.ts';
import type { Failure, PhaseName } from './contract.ts';
import { type LeftBehindParts, landedOf, outcomeOf, wholeReading } from './left-behind.ts';
import { waitingPhases } from './phases.ts';
import type { DeploymentRow } from './store.ts';

/**
 * What becomes of a run that was in a phase when its core ended.
 * `repeat`: nothing has left the machine, it can begin again; `check`: transactions may have been
 * sent, only the chain knows which.
 */
const afterCrash: Record<PhaseName, 'repeat' | 'check'> = {
  source: 'repeat',
  prepare: 'repeat',
  // One command compiles and broadcasts: from here on only what it left behind can tell.
  compile: 'check',
  simulate: 'check',
  broadcast: 'check',
  record: 'check',
};

/** Begun so often, a run isn't begun again: it may be what ends the core. */
const MOST_ATTEMPTS = 3;

export interface RecoveryParts extends ConcludeParts, LeftBehindParts {
  engines: Engines;
  /** The mark of its processes. */
  job: string;
  /** This core stays open, and so can begin a run again. */
  stays: boolean;
}

/**
 * Takes one unfinished run of a core that is gone to where it can stay: queued again when nothing
 * of it can have been sent, otherwise to its end, with what the chain says of it. Its processes
 * are ended first. Answers what was done, as a sentence.
 */
export async function recoverRun(row: DeploymentRow, parts: RecoveryParts): Promise<string> {
  const name = `${row.projectName} #${row.number}`;
  const phase = row.phases.find((p) => p.status === 'running')?.name ?? 'source';
  const check = row.status !== 'queued' && afterCrash[phase] === 'check';
  // Its tool may be writing still, and leave half a file when it's ended.
  const before = check ? await wholeReading(row, parts) : null;
  const isGone = await endProcesses(row, parts);

  if (row.status === 'queued') {
    if (parts.stays) return `${name} waits in the queue, as before.`;
    const failure = interrupted('before it began', nothing);
    conclude(row, parts, {
      status: 'interrupted',
      failure,
      deadLetter: true,
      isGone,
      outcome: null,
    });
    return `${name} never began; it is recorded as interrupted.`;
  }
  const left = check ? await outcomeOf(row, parts, before) : null;
  const mayRepeat = isGone && parts.stays && row.attempt < MOST_ATTEMPTS;
  if (left === null && row.status !== 'cancelling' && mayRepeat) {
    repeat(row, parts, phase);
    return `${name} had sent nothing; it was queued again.`;
  }
  const outcome = left === 'unreadable' ? null : left;
  const end = (status: 'succeeded' | 'cancelled' | 'interrupted', failure?: Failure) =>
    conclude(row, parts, { status, failure, deadLetter: failure !== undefined, isGone, outcome });

  if (left === 'unreadable') {
    end('interrupted', unreadable(phase));
    return `${name} is recorded as interrupted; what it had sent can't be told.`;
  }
  if (left && !left.failure) {
    end('succeeded');
    return `${name} had sent everything; it is recorded as succeeded.`;
  }
  if (row.status === 'cancelling') {
    end('cancelled');
    return `${name} was being cancelled; it is recorded as cancelled.`;
  }
  if (left?.failure?.code === 'NOT_VERIFIED') {
    const message = `Drydock was ended in the phase ${phase}. ${left.failure.message}`;
    end('interrupted', { code: 'INTERRUPTED', message });
    return `${name} is recorded as interrupted; its chain could not be asked.`;
  }
  const sent = { landed: landedOf(left), planned: left?.transactions.length ?? 0 };
  end('interrupted', interrupted(`in the phase ${phase}`, sent));
  return `${name} is recorded as interrupted, with ${sent.landed} transactions on the chain.`;
}

function repeat(row: DeploymentRow, { store, journal, changed }: RecoveryParts, phase: PhaseName) {
  const at = Date.now();
  const text = `Drydock was ended in the phase ${phase}. Nothing had been sent, so the run begins again.`;
  journal.append(
    row.id,
    [
      { at, type: 'log', stream: 'drydock', text },
      { at, type: 'status', status: 'queued' },
    ],
    () =>
      store.update(row.id, {
        status: 'queued',
        owner: null,
        process: null,
        attempt: row.attempt + 1,
        phases: waitingPhases(),
      }),
  );
  changed(row.id);
}

/** Answers false when nobody can tell whether they are gone. */
export async function endProcesses(
  row: DeploymentRow,
  parts: Pick<RecoveryParts, 'engines' | 'job'>,
): Promise<boolean> {
  try {
    await parts.engines.endOrphan({ ref: row.process, job: parts.job });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE') return false;
    throw error;
  }
}

/** Marks every process of a run, so that it's found without its parent. */
export const jobOf = (folderId: string, id: number): string => `${folderId}-deployment-${id}`;

const nothing = { landed: 0, planned: 0 };

function interrupted(when: string, { landed, planned }: typeof nothing): Failure {
  const sent =
    landed > 0
      ? `${landed} of ${planned} transactions had reached the chain and are recorded.`
      : 'Nothing had reached the chain.';
  const next = landed > 0 ? 'Revert to the snapshot before it, or deploy again.' : 'Deploy again.';
  return { code: 'INTERRUPTED', message: `Drydock was ended ${when}. ${sent} ${next}` };
}

const unreadable = (phase: PhaseName): Failure => ({
  code: 'INTERRUPTED',
  message: `Drydock was ended in the phase ${phase}, and the file that says what had been sent can't be read. Look at the chain, or revert to the snapshot before it, then deploy again.`,
});
