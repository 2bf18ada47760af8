import type { Logger } from 'pino';
import type { DeploymentStatus, Failure, Phase } from './contract.ts';
import type { Journal } from './journal.ts';
import type { CheckedOutcome } from './record.ts';
import type { DeploymentRow, DeploymentsStore, NewEvent } from './store.ts';

export interface ConcludeParts {
  store: DeploymentsStore;
  journal: Journal;
  logger: Logger;
  changed: (id: number) => void;
}

export interface Conclusion {
  status: DeploymentStatus;
  failure?: Failure;
  deadLetter: boolean;
  /** Its processes are known to be gone; if not, they are looked for later: see `settleRun`. */
  isGone: boolean;
  /** What the chain says of it; null when nothing was sent or nothing is known. */
  outcome: CheckedOutcome | null;
  /** A line for its log. */
  said?: string;
}

/**
 * Writes how a run has ended that its own core could not end: what is known of it and its last
 * event, whole or not at all.
 */
export function conclude(row: DeploymentRow, parts: ConcludeParts, conclusion: Conclusion): void {
  const { store, journal, logger, changed } = parts;
  const { status, failure, deadLetter, isGone, outcome, said } = conclusion;
  const at = Date.now();
  const events: NewEvent[] = [];
  if (said) events.push({ at, type: 'log', stream: 'drydock', text: said });
  if (outcome) events.push({ at, type: 'transactions', transactions: outcome.transactions });
  events.push({ at, type: 'status', status, failure });
  journal.append(row.id, events, () => {
    if (outcome) {
      store.putTransactions(row.id, outcome.transactions);
      store.putContracts(row.id, outcome.contracts);
      store.update(row.id, { gasUsed: outcome.gasUsed, live: outcome.live });
    }
    store.update(row.id, {
      status,
      failure: failure ?? null,
      deadLetter,
      endedAt: row.endedAt ?? at,
      phases: ended(row.phases, status === 'succeeded'),
      process: isGone ? null : row.process,
    });
  });
  journal.finish(row.id);
  changed(row.id);
  logger.warn({ deployment: row.id, status }, 'concluded a run that its core could not end');
}

const ended = (phases: readonly Phase[], done: boolean): Phase[] =>
  phases.map((phase) => {
    if (done && phase.status !== 'skipped') return { ...phase, status: 'done' };
    return phase.status === 'running' ? { ...phase, status: 'failed' } : phase;
  });
