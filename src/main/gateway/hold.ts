/** A revert that isn't over by then has failed with its core. */
const LONGEST_MS = 30_000;

/** Keeps requests waiting while a chain is taken back. */
export class Hold {
  #over: { promise: Promise<void>; resolve: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #expired: (heldMs: number) => void;
  readonly #longestMs: number;

  /** @param expired called when the hold has timed out and requests continue */
  constructor(expired: (heldMs: number) => void, longestMs = LONGEST_MS) {
    this.#expired = expired;
    this.#longestMs = longestMs;
  }

  /** What to wait for; undefined: nothing is held. */
  get over(): Promise<void> | undefined {
    return this.#over?.promise;
  }

  /** Begins, or begins to count anew. */
  begin(): void {
    this.#over ??= Promise.withResolvers<void>();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.end();
      this.#expired(this.#longestMs);
    }, this.#longestMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#over?.resolve();
    this.#over = undefined;
  }
}
