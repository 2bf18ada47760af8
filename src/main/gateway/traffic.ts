import type { Let } from './gate.ts';
import { errorIn, type Journal, type Noted } from './journal.ts';
import { answersIn, type Call, callsIn, methodOf } from './json-rpc.ts';
import type { Nonces } from './nonces.ts';
import type { Senders } from './senders.ts';

/** Of an answer in which hashes or errors are looked for. */
const ANSWER_BYTES = 256 * 1024;
/** Longer bodies ask for more accounts than a wallet has. */
const COUNTS_BYTES = 64 * 1024;

/** What is to be done about a body besides sending it on. */
export interface Watched {
  /** To be waited for before it is sent; undefined: nothing. */
  ready: Promise<void> | undefined;
  /** What is looked for in its answer; null: nothing. */
  tap: { bytes: number; seen(answer: Buffer): void } | null;
  /** There is no answer. */
  failed(reason: string): void;
}

const NOTHING: Watched = { ready: undefined, tap: null, failed: () => undefined };

export interface TrafficOptions {
  nonces: Nonces;
  senders: Senders;
  journal: Journal;
  isNoted(): boolean;
}

/** Looks at what programs ask of a chain. The usual body is searched for two words, and no more. */
export class Traffic {
  readonly #options: TrafficOptions;

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  /** @param body the whole of it */
  watch(body: Buffer, caller: Let): Watched {
    const { nonces, journal } = this.#options;
    const sends = body.includes('eth_send');
    if (body.length <= COUNTS_BYTES && body.includes('eth_getTransactionCount')) this.#saw(body);
    const isNoted = this.#options.isNoted();
    if (!sends && !isNoted) return NOTHING;
    const ready = sends && nonces.isOff ? nonces.mend(body) : undefined;
    const calls = isNoted ? (callsIn(body)?.calls ?? []) : [];
    const noted = calls.map((call) => journal.begin(call, caller.origin));
    return {
      ready,
      tap: { bytes: ANSWER_BYTES, seen: (answer) => this.#answered(answer, sends, noted) },
      failed: (reason) => {
        for (const one of noted) journal.end(one, reason);
      },
    };
  }

  /** Notes a call that never reaches the node. */
  refused(call: Call, caller: Let, reason: string): void {
    const { journal, isNoted } = this.#options;
    if (isNoted()) journal.end(journal.begin(call, caller.origin), reason);
  }

  #answered(answer: Buffer, sends: boolean, noted: readonly Noted[]): void {
    const { senders, journal } = this.#options;
    if (sends) senders.accepted(answer);
    if (noted.length === 0) return;
    const answers = answersIn(answer);
    for (const one of noted) {
      const own = noted.length === 1 ? answers[0] : answers.find(({ id }) => id === one.id);
      journal.end(one, errorIn(own));
    }
  }

  #saw(body: Buffer): void {
    for (const call of callsIn(body)?.calls ?? []) {
      if (methodOf(call) !== 'eth_getTransactionCount' || !Array.isArray(call.params)) continue;
      const [account] = call.params;
      if (typeof account === 'string' && /^0x[0-9a-fA-F]{40}$/.test(account)) {
        this.#options.nonces.saw(account.toLowerCase());
      }
    }
  }
}
