import type {
  DeploymentStatus,
  Failure,
  JournalEvent,
  Phase,
  PhaseName,
  Transaction,
} from '#main/features/deployments/contract.ts';

const phaseNames: PhaseName[] = ['source', 'prepare', 'compile', 'simulate', 'broadcast', 'record'];

/** What the journal says about a run up to `lastSeq`. */
export interface RunState {
  lastSeq: number;
  status: DeploymentStatus | null;
  failure: Failure | null;
  phases: Phase[];
  transactions: Transaction[];
  warnings: string[];
}

export const emptyRun: RunState = {
  lastSeq: 0,
  status: null,
  failure: null,
  phases: phaseNames.map((name) => ({
    name,
    status: 'waiting',
    startedAt: null,
    durationMs: null,
  })),
  transactions: [],
  warnings: [],
};

function mergeTransactions(known: Transaction[], news: Transaction[]): Transaction[] {
  const byIndex = new Map(known.map((transaction) => [transaction.index, transaction]));
  for (const transaction of news) byIndex.set(transaction.index, transaction);
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

/** The state after these events; the same object when only output came. */
export function afterEvents(state: RunState, events: JournalEvent[]): RunState {
  let next = state;
  for (const event of events) {
    switch (event.type) {
      case 'status':
        next = { ...next, status: event.status, failure: event.failure ?? next.failure };
        break;
      case 'phase':
        next = {
          ...next,
          phases: next.phases.map((phase) =>
            phase.name !== event.phase
              ? phase
              : {
                  name: phase.name,
                  status: event.status,
                  startedAt: event.status === 'running' ? event.at : phase.startedAt,
                  durationMs: event.durationMs ?? phase.durationMs,
                },
          ),
        };
        break;
      case 'transactions':
        next = {
          ...next,
          transactions: mergeTransactions(next.transactions, event.transactions),
        };
        break;
      case 'warning':
        next = { ...next, warnings: [...next.warnings, event.message] };
        break;
    }
  }
  if (next === state) return state;
  return { ...next, lastSeq: events.at(-1)?.seq ?? state.lastSeq };
}
