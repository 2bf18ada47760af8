import type { Limits } from './contract.ts';

/** The share of the time after which a warning is given. */
const WARN_AT = 0.8;

export interface DeadlineListener {
  /** `seconds` remain. */
  onNear: (what: string, seconds: number) => void;
  onOver: (what: string, limit: number) => void;
}

/** The time limits of one run: for the whole run, and for each phase that has one. */
export class Deadlines {
  readonly #limits: Limits;
  readonly #listener: DeadlineListener;
  readonly #run: NodeJS.Timeout[];
  #phase: NodeJS.Timeout[] = [];

  constructor(limits: Limits, listener: DeadlineListener) {
    this.#limits = limits;
    this.#listener = listener;
    this.#run = this.#limit('run');
  }

  begin(phase: string): void {
    this.#clear(this.#phase);
    this.#phase = this.#limit(phase);
  }

  end(): void {
    this.#clear(this.#run);
    this.#clear(this.#phase);
  }

  #limit(what: string): NodeJS.Timeout[] {
    const limit = this.#limits[what] ?? null;
    return limit === null ? [] : this.#timers(what, limit);
  }

  #timers(what: string, limit: number): NodeJS.Timeout[] {
    const near = () => this.#listener.onNear(what, Math.round(limit * (1 - WARN_AT)));
    const over = () => this.#listener.onOver(what, limit);
    return [setTimeout(near, limit * WARN_AT * 1000), setTimeout(over, limit * 1000)];
  }

  #clear(timers: NodeJS.Timeout[]): void {
    for (const timer of timers) clearTimeout(timer);
  }
}
