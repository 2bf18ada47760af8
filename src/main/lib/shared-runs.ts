/** Runs work for a key, one run at a time. Callers during a run share the one after it. */
export class SharedRuns<T> {
  readonly #work: (key: string) => Promise<T>;
  readonly #running = new Map<string, Promise<T>>();
  readonly #next = new Map<string, Promise<T>>();

  constructor(work: (key: string) => Promise<T>) {
    this.#work = work;
  }

  /** Settles as a run does that begins after this call. */
  run(key: string): Promise<T> {
    const running = this.#running.get(key);
    if (!running) return this.#begin(key);
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const next = running
      .catch(() => undefined)
      .then(() => {
        this.#next.delete(key);
        return this.#begin(key);
      });
    this.#next.set(key, next);
    return next;
  }

  #begin(key: string): Promise<T> {
    const run = this.#work(key).finally(() => this.#running.delete(key));
    this.#running.set(key, run);
    return run;
  }
}
