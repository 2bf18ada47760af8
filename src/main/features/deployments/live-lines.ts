import { Notifier } from '../../lib/notifier.ts';

/** How often to check whether a run of another core has ended, ms. */
const LOOK_MS = 1000;

/**
 * The line that each run's tool is currently writing, such as a progress bar. It is not part of the
 * journal, and only the core that runs the tool knows it.
 */
export class LiveLines {
  readonly #lines = new Map<number, string>();
  readonly #notifier = new Notifier<number>();

  /** Empty: no line is being written. */
  set(id: number, line: string): void {
    if (this.#of(id) === line) return;
    if (line === '') this.#lines.delete(id);
    else this.#lines.set(id, line);
    this.#notifier.notify(id);
  }

  /** The current line, then each change, until the run has ended. */
  async *follow(
    id: number,
    isOver: () => boolean,
    signal?: AbortSignal,
  ): AsyncGenerator<string, void> {
    let shown: string | undefined;
    while (!signal?.aborted) {
      const line = this.#of(id);
      if (line !== shown) {
        shown = line;
        yield line;
      } else if (isOver()) {
        return;
      } else {
        await this.#notifier.next(id, signal, LOOK_MS);
      }
    }
  }

  #of(id: number): string {
    return this.#lines.get(id) ?? '';
  }
}
