import type { JournalCall, JournalPage } from './control/protocol.ts';
import { type Answer, type Call, methodOf, written } from './json-rpc.ts';

const MOST_CALLS = 1000;
const MOST_SLOW = 50;
const MOST_ERRORS = 200;
const MOST_PARAMS = 2000;
const MOST_MESSAGE = 500;
const SECONDS = 300;

/** A call that has no answer yet. */
export interface Noted {
  id: unknown;
  call: JournalCall;
  begun: number;
}

/** The last calls of a chain, in memory. */
export class Journal {
  #calls: JournalCall[] = [];
  #slow: JournalCall[] = [];
  #errors: JournalCall[] = [];
  readonly #seconds = new Map<number, { calls: number; errors: number }>();
  #lastId = 0;

  begin(call: Call, origin: string | null): Noted {
    const params = written(call.params ?? []) ?? '…';
    return {
      id: call.id,
      begun: performance.now(),
      call: {
        id: ++this.#lastId,
        at: Date.now(),
        method: methodOf(call).slice(0, 200),
        params: params.length > MOST_PARAMS ? `${params.slice(0, MOST_PARAMS)}…` : params,
        ms: 0,
        origin,
        error: null,
      },
    };
  }

  /** @param error its message; null: it succeeded, or what was answered was too long to be read */
  end({ call, begun }: Noted, error: string | null): void {
    call.ms = Math.round((performance.now() - begun) * 100) / 100;
    call.error = error?.slice(0, MOST_MESSAGE) ?? null;
    this.#calls.push(call);
    if (this.#calls.length >= 2 * MOST_CALLS) this.#calls = this.#calls.slice(-MOST_CALLS);
    const slowest = this.#slow.at(-1)?.ms ?? 0;
    if (this.#slow.length < MOST_SLOW || call.ms > slowest) {
      this.#slow.push(call);
      this.#slow.sort((a, b) => b.ms - a.ms);
      this.#slow.length = Math.min(this.#slow.length, MOST_SLOW);
    }
    if (call.error !== null) {
      this.#errors.push(call);
      if (this.#errors.length > MOST_ERRORS) this.#errors.shift();
    }
    this.#count(call.error !== null);
  }

  page(on: boolean, last: number): JournalPage {
    return {
      on,
      perSecond: [...this.#seconds].map(([at, counts]) => ({ at: at * 1000, ...counts })),
      calls: newest(this.#calls, last),
      slow: this.#slow.slice(0, last),
      errors: newest(this.#errors, last),
    };
  }

  #count(isError: boolean): void {
    const second = Math.floor(Date.now() / 1000);
    const counts = this.#seconds.get(second) ?? { calls: 0, errors: 0 };
    counts.calls++;
    if (isError) counts.errors++;
    this.#seconds.set(second, counts);
    for (const at of this.#seconds.keys()) {
      if (at > second - SECONDS) break;
      this.#seconds.delete(at);
    }
  }
}

const newest = (calls: readonly JournalCall[], last: number): JournalCall[] =>
  last === 0 ? [] : calls.slice(-last).reverse();

/** What an answer says went wrong; null: nothing. */
export function errorIn(answer: Answer | undefined): string | null {
  if (!answer?.error) return null;
  const { message } = answer.error;
  return typeof message === 'string' ? message : (written(answer.error) ?? '…');
}
