import { type Phase, waitingPhases } from '../../shared/phase.ts';
import type { NewEvent } from './journal-store.ts';

/** The phases of one run: at most one is running, and they only move forward. */
export class Phases {
  readonly list: Phase[];
  #current = -1;
  #since = 0;

  /** @param ids in their order */
  constructor(ids: readonly string[]) {
    this.list = waitingPhases(ids);
  }

  /** The id of the phase that is running, or that ran last. */
  get current(): string {
    return this.list[Math.max(this.#current, 0)]?.id ?? '';
  }

  /** Ends the running phase and begins another. Phases in between take no time. */
  begin(id: string, previous: 'done' | 'skipped' = 'done'): NewEvent[] {
    const next = this.list.findIndex((phase) => phase.id === id);
    if (next <= this.#current) return [];
    const events = this.end(previous);
    for (const passed of this.list.slice(this.#current + 1, next)) {
      const at = Date.now();
      Object.assign(passed, { status: 'done', startedAt: at, durationMs: 0 });
      events.push({ at, type: 'phase', phase: passed.id, status: 'done', durationMs: 0 });
    }
    this.#current = next;
    this.#since = performance.now();
    const at = Date.now();
    Object.assign(this.list[next] as Phase, { status: 'running', startedAt: at });
    events.push({ at, type: 'phase', phase: id, status: 'running' });
    return events;
  }

  end(status: 'done' | 'skipped' | 'failed'): NewEvent[] {
    const phase = this.list[this.#current];
    if (phase?.status !== 'running') return [];
    const durationMs = Math.round((performance.now() - this.#since) * 10) / 10;
    Object.assign(phase, { status, durationMs });
    return [{ at: Date.now(), type: 'phase', phase: phase.id, status, durationMs }];
  }
}
