import { isFinal } from '#main/shared/final.ts';
import { afterEvents, emptyRun, type RunState } from '#main/shared/run-state.ts';
import { client } from '../../../core/client.ts';
import { forever } from '../../../core/streams/forever.ts';
import { LogBuffer } from '../../../ui/terminal/log-buffer.ts';
import { logLines } from './log-lines.ts';

/** Events per request; the next request follows once these have been processed. */
const eventsAtOnce = 20_000;

/**
 * Reads one run's journal: existing events, then new ones, until the run ends. After a lost
 * connection it resumes at the last event. Everything that shows the run shares one of these.
 */
export class RunFollower {
  readonly log = new LogBuffer();
  #state: RunState;
  #lastSeq: number;
  #readers = 0;
  #abort: AbortController | undefined;
  #ended = false;
  #listeners = new Set<() => void>();

  /**
   * @param phases ids of the kind's
   * @param after where to begin, for a run so long that its beginning can't be shown
   */
  constructor(
    readonly id: number,
    phases: readonly string[],
    after: number,
  ) {
    this.#state = emptyRun(phases);
    this.#lastSeq = after;
  }

  readonly getState = (): RunState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows while there are subscribers. */
  readonly read = (): (() => void) => {
    this.#readers += 1;
    if (!this.#abort && !this.#ended) {
      this.#abort = new AbortController();
      void forever(this.#abort.signal, () => this.#round());
      void forever(this.#abort.signal, () => this.#liveRound());
    }
    return () => {
      this.#readers -= 1;
      // A page that is closed and reopened at once must not start over.
      setTimeout(() => {
        if (this.#readers > 0) return;
        this.#abort?.abort();
        this.#abort = undefined;
      }, 1000);
    };
  };

  async #liveRound(): Promise<void> {
    const signal = this.#abort?.signal;
    if (!signal) return;
    for await (const line of await client.deployments.liveLine({ id: this.id }, { signal })) {
      this.log.setLive(line);
    }
  }

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
        this.log.setLive('');
        return;
      }
    }
  }
}
