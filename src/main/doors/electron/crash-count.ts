const within = { crashes: 3, ms: 60_000 };

/** Whether a page that has crashed is loaded again by itself, or the user asked first. */
export class CrashCount {
  #times: number[] = [];

  /** @param now in ms, of a clock that never goes back */
  next(now: number): 'reload' | 'ask' {
    this.#times = [...this.#times.filter((at) => now - at < within.ms), now];
    return this.#times.length < within.crashes ? 'reload' : 'ask';
  }

  reset(): void {
    this.#times = [];
  }
}
