import type { Logger } from 'pino';
import type { Phase } from '../../shared/phase.ts';
import type { DeploymentStatus, Failure } from '../../shared/run.ts';
import type { Checked } from '../../targets/target.ts';
import type { Journal } from './journal.ts';
import type { NewEvent } from './journal-store.ts';
import type { DeploymentRow } from './row.ts';
import type { DeploymentsStore } from './store.ts';

export interface CloseRunDependencies {
  store: DeploymentsStore;
  journal: Journal;
  logger: Logger;
  changed: (id: number) => void;
}

/** How a run ended that its own core could not finish. */
export interface Closing {
  status: DeploymentStatus;
  failure?: Failure;
  deadLetter: boolean;
  /**
   * Its processes are known to have ended; if not, they are looked for later: see `finalizeOrphan`.
   */
  isGone: boolean;
  /** What its target reports; null when nothing was done or nothing is known. */
  outcome: Checked | null;
  /** A line for its log. */
  said?: string;
}

/** Writes what is known of a run and its last event, in one transaction. */
export function closeRun(row: DeploymentRow, deps: CloseRunDependencies, closing: Closing): void {
  const { store, journal, logger, changed } = deps;
  const { status, failure, deadLetter, isGone, outcome, said } = closing;
  const at = Date.now();
  const events: NewEvent[] = [];
  for (const text of outcome?.notes ?? []) {
    events.push({ at, type: 'log', stream: 'drydock', text });
  }
  if (said) events.push({ at, type: 'log', stream: 'drydock', text: said });
  if (outcome) events.push({ at, type: 'result', result: outcome.result });
  events.push({ at, type: 'status', status, failure });
  journal.append(row.id, events, () => {
    if (outcome) {
      store.putResult(row.id, outcome.result);
      store.update(row.id, { live: outcome.live });
    }
    store.update(row.id, {
      failure: failure ?? null,
      deadLetter,
      endedAt: row.endedAt ?? at,
      phases: ended(row.phases, status === 'succeeded'),
      process: isGone ? null : row.process,
    });
  });
  journal.finish(row.id);
  changed(row.id);
  logger.warn({ deployment: row.id, status }, 'closed a run that its core could not end');
}

const ended = (phases: readonly Phase[], done: boolean): Phase[] =>
  phases.map((phase) => {
    if (done && phase.status !== 'skipped') return { ...phase, status: 'done' };
    return phase.status === 'running' ? { ...phase, status: 'failed' } : phase;
  });
