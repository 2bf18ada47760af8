import type { Limits, PhaseName } from './contract.ts';

/** Enough for the largest projects; a project can have its own. */
export const defaultLimits: Limits = { run: 3600, compile: 1800, simulate: 900, broadcast: 1800 };

/** A warning comes when so much of the time is used up. */
const WARN_AT = 0.8;

export interface DeadlineListener {
  /** `seconds` are left. */
  onNear: (what: 'run' | PhaseName, seconds: number) => void;
  onOver: (what: 'run' | PhaseName, limit: number) => void;
}

/** The time limits of one run: of the whole, and of each phase that has one. */
export class Deadlines {
  readonly #limits: Limits;
  readonly #listener: DeadlineListener;
  readonly #run: NodeJS.Timeout[];
  #phase: NodeJS.Timeout[] = [];

  constructor(limits: Limits, listener: DeadlineListener) {
    this.#limits = limits;
    this.#listener = listener;
    this.#run = this.#timers('run', limits.run);
  }

  begin(phase: PhaseName): void {
    this.#clear(this.#phase);
    const limit = phase in this.#limits ? this.#limits[phase as keyof Limits] : undefined;
    this.#phase = limit === undefined ? [] : this.#timers(phase, limit);
  }

  end(): void {
    this.#clear(this.#run);
    this.#clear(this.#phase);
  }

  #timers(what: 'run' | PhaseName, limit: number): NodeJS.Timeout[] {
    const near = () => this.#listener.onNear(what, Math.round(limit * (1 - WARN_AT)));
    const over = () => this.#listener.onOver(what, limit);
    return [setTimeout(near, limit * WARN_AT * 1000), setTimeout(over, limit * 1000)];
  }

  #clear(timers: NodeJS.Timeout[]): void {
    for (const timer of timers) clearTimeout(timer);
  }
}
