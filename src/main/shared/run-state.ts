import { mergeResult } from './merge-result.ts';
import { type Phase, waitingPhases } from './phase.ts';
import type { Result } from './result.ts';
import type { DeploymentStatus, Failure, JournalEvent } from './run.ts';

/** What the journal says about a run up to `lastSeq`. */
export interface RunState {
  lastSeq: number;
  status: DeploymentStatus | null;
  failure: Failure | null;
  phases: Phase[];
  result: Result | null;
  warnings: string[];
}

/** @param phases ids, in the order of the kind */
export const emptyRun = (phases: readonly string[]): RunState => ({
  lastSeq: 0,
  status: null,
  failure: null,
  phases: waitingPhases(phases),
  result: null,
  warnings: [],
});

/** The state after these events; the same object when only output came. */
export function afterEvents(state: RunState, events: readonly JournalEvent[]): RunState {
  const next = events.reduce(afterEvent, state);
  return next === state ? state : { ...next, lastSeq: events.at(-1)?.seq ?? state.lastSeq };
}

function afterEvent(state: RunState, event: JournalEvent): RunState {
  switch (event.type) {
    case 'status':
      return afterStatus(state, event);
    case 'phase':
      return { ...state, phases: state.phases.map((phase) => afterPhase(phase, event)) };
    case 'result':
      return { ...state, result: mergeResult(state.result, event.result) };
    case 'warning':
      return { ...state, warnings: [...state.warnings, event.message] };
    case 'log':
    case 'command':
      return state;
  }
}

/** A run that was queued again begins from its first phase. */
function afterStatus(
  state: RunState,
  { status, failure }: Extract<JournalEvent, { type: 'status' }>,
): RunState {
  return {
    ...state,
    status,
    failure: failure ?? state.failure,
    phases: status === 'queued' ? waitingPhases(state.phases.map(({ id }) => id)) : state.phases,
  };
}

function afterPhase(phase: Phase, event: Extract<JournalEvent, { type: 'phase' }>): Phase {
  if (phase.id !== event.phase) return phase;
  return {
    id: phase.id,
    status: event.status,
    startedAt: event.status === 'running' ? event.at : phase.startedAt,
    durationMs: event.durationMs ?? phase.durationMs,
  };
}
