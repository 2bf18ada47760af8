import { client } from '../../client.ts';
import { LogBuffer } from '../../ui/terminal/log-buffer.ts';
import { forever } from '../app/forever.ts';
import { isFinal } from './final-status.ts';
import { logLines } from './log-lines.ts';
import { afterEvents, emptyRun, type RunState } from './run-state.ts';

/** Events asked for at once; the core is asked for more only when these have been taken in. */
const eventsAtOnce = 20_000;

/**
 * Reads one run's journal: what was written, then what is being written, until the run ends. A
 * lost connection goes on at the last event. Everything that shows the run shares one of these.
 */
export class RunFollower {
  readonly log = new LogBuffer();
  #state: RunState = emptyRun;
  #lastSeq: number;
  #readers = 0;
  #abort: AbortController | undefined;
  #ended = false;
  #listeners = new Set<() => void>();

  /** `after`: where to begin, for a run so long that its beginning can't be shown. */
  constructor(
    readonly id: number,
    after: number,
  ) {
    this.#lastSeq = after;
  }

  readonly getState = (): RunState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows for as long as somebody reads. */
  readonly read = (): (() => void) => {
    this.#readers += 1;
    if (!this.#abort && !this.#ended) {
      this.#abort = new AbortController();
      void forever(this.#abort.signal, () => this.#round());
    }
    return () => {
      this.#readers -= 1;
      // A page that goes and comes back at once must not start over.
      setTimeout(() => {
        if (this.#readers > 0) return;
        this.#abort?.abort();
        this.#abort = undefined;
      }, 1000);
    };
  };

  async #round(): Promise<void> {
    const abort = this.#abort;
    if (!abort) return;
    const stream = await client.deployments.watch(
      { id: this.id, after: this.#lastSeq, limit: eventsAtOnce },
      { signal: abort.signal },
    );
    for await (const events of stream) {
      const fresh = events.filter((event) => event.seq > this.#lastSeq);
      this.#lastSeq = fresh.at(-1)?.seq ?? this.#lastSeq;
      this.log.push(fresh.flatMap(logLines));
      const before = this.#state;
      this.#state = afterEvents(before, fresh);
      if (this.#state !== before) for (const listener of [...this.#listeners]) listener();
      if (this.#state.status && isFinal(this.#state.status)) {
        this.#ended = true;
        abort.abort();
        return;
      }
    }
  }
}
