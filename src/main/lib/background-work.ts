import { setTimeout as sleep } from 'node:timers/promises';

/** So long there was no news. */
const QUIET_MS = 50;
const MOST_WAIT_MS = 1000;
const FIRST_LOOK_AFTER_MS = 500;

export interface BackgroundOptions {
  /** Resolves to whether there is more, which moves. */
  work: (key: string) => Promise<boolean>;
  /** Whether others need what is worked on: they have it to themselves while there is news. */
  isUsed: (key: string) => boolean;
  /** After the last news it is worked so often once more, each time after twice as long. */
  looksAfter: number;
  onFailed: (key: string, error: unknown) => void;
  signal: AbortSignal;
}

/** Does the work of each key when there is news of it: once at a time, and again after more news. */
export class BackgroundWork {
  readonly #options: BackgroundOptions;
  readonly #working = new Set<string>();
  /** Of which there was news meanwhile. */
  readonly #again = new Set<string>();
  /** How often each was looked at since its last news. */
  readonly #looks = new Map<string, number>();

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  /** There is news. */
  look(key: string): void {
    this.#looks.set(key, 0);
    this.#begin(key);
  }

  #begin(key: string): void {
    if (this.#options.signal.aborted) return;
    if (this.#working.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#working.add(key);
    void this.#work(key)
      .catch((error: unknown) => {
        if (!this.#options.signal.aborted) this.#options.onFailed(key, error);
      })
      .finally(() => {
        this.#working.delete(key);
        if (this.#again.delete(key)) this.#begin(key);
        else this.#lookLater(key);
      });
  }

  async #work(key: string): Promise<void> {
    const { work, signal } = this.#options;
    do {
      await this.#untilQuiet(key);
      if (await work(key)) {
        await sleep(QUIET_MS, undefined, { signal });
        this.#again.add(key);
      }
    } while (this.#again.has(key) && !signal.aborted);
  }

  async #untilQuiet(key: string): Promise<void> {
    const { isUsed, signal } = this.#options;
    for (let waited = 0; waited < MOST_WAIT_MS; waited += QUIET_MS) {
      this.#again.delete(key);
      if (!isUsed(key)) return;
      await sleep(QUIET_MS, undefined, { signal });
      if (!this.#again.has(key)) return;
    }
    this.#again.delete(key);
  }

  /** What is worked on may not have answered, and not all that happens is told at once. */
  #lookLater(key: string): void {
    const { signal, looksAfter } = this.#options;
    const looked = this.#looks.get(key) ?? 0;
    if (looked >= looksAfter || signal.aborted) return;
    this.#looks.set(key, looked + 1);
    setTimeout(() => this.#begin(key), FIRST_LOOK_AFTER_MS * 2 ** looked).unref();
  }
}
