import type { Phase, PhaseName } from './contract.ts';
import type { NewEvent } from './store.ts';

export const phaseNames: readonly PhaseName[] = [
  'source',
  'prepare',
  'compile',
  'simulate',
  'broadcast',
  'record',
];

export const waitingPhases = (): Phase[] =>
  phaseNames.map((name) => ({ name, status: 'waiting', startedAt: null, durationMs: null }));

/** The phases of one run: at most one is running, and they only move forward. */
export class Phases {
  readonly list = waitingPhases();
  #current = -1;
  #since = 0;

  get current(): PhaseName {
    return phaseNames[Math.max(this.#current, 0)] as PhaseName;
  }

  /** Ends the running phase and begins `name`. Those between are passed in no time. */
  begin(name: PhaseName, ended: 'done' | 'skipped' = 'done'): NewEvent[] {
    const next = phaseNames.indexOf(name);
    if (next <= this.#current) return [];
    const events = this.end(ended);
    for (let i = this.#current + 1; i < next; i++) {
      Object.assign(this.list[i] as Phase, {
        status: 'done',
        startedAt: Date.now(),
        durationMs: 0,
      });
      const passed = phaseNames[i] as PhaseName;
      events.push({ at: Date.now(), type: 'phase', phase: passed, status: 'done', durationMs: 0 });
    }
    this.#current = next;
    this.#since = performance.now();
    Object.assign(this.list[next] as Phase, { status: 'running', startedAt: Date.now() });
    events.push({ at: Date.now(), type: 'phase', phase: name, status: 'running' });
    return events;
  }

  end(status: 'done' | 'skipped' | 'failed'): NewEvent[] {
    const phase = this.list[this.#current];
    if (phase?.status !== 'running') return [];
    const durationMs = Math.round((performance.now() - this.#since) * 10) / 10;
    Object.assign(phase, { status, durationMs });
    return [{ at: Date.now(), type: 'phase', phase: phase.name, status, durationMs }];
  }
}
