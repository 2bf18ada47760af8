import { stripVTControlCharacters } from 'node:util';
import type { OutputStream } from '../../engines/engine.ts';
import { Lines } from '../../kit/lines.ts';
import type { Transaction } from './contract.ts';
import type { Journal } from './journal.ts';
import type { DeploymentsStore, NewEvent } from './store.ts';

/** Lines that wait for room on a full disk; beyond them the oldest are lost. */
const MOST_WAITING = 50_000;

/** Lines that are remembered to find out why a run failed. */
const REMEMBERED = 4000;

/** Writes one run's output and progress to its journal: masked, in lines, in batches. */
export class RunLog {
  readonly #id: number;
  readonly #journal: Journal;
  readonly #store: DeploymentsStore;
  readonly #lines = { stdout: new Lines(), stderr: new Lines() };
  readonly #seen = new Map<number, string>();
  #recent: { seq: number; text: string }[] = [];
  #waiting: NewEvent[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  /** Set once the secrets of the run are known. */
  mask: (text: string) => string = (text) => text;

  constructor(id: number, journal: Journal, store: DeploymentsStore) {
    this.#id = id;
    this.#journal = journal;
    this.#store = store;
  }

  /** Output of the tool; `onLine` hears each line, without colours, before it is written. */
  output(stream: OutputStream, text: string, onLine: (line: string) => void): void {
    for (const line of this.#lines[stream].push(text)) this.#line(stream, line, onLine);
  }

  endOutput(onLine: (line: string) => void): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const line of this.#lines[stream].end()) this.#line(stream, line, onLine);
    }
  }

  /** A line of our own. */
  note(text: string): void {
    this.add([{ at: Date.now(), type: 'log', stream: 'drydock', text: this.mask(text) }]);
  }

  /** Only what differs from what was written before, and with it whatever `also` writes. */
  transactions(all: readonly Transaction[], also?: () => void): void {
    const news = all.filter((t) => {
      const text = JSON.stringify(t);
      if (this.#seen.get(t.index) === text) return false;
      this.#seen.set(t.index, text);
      return true;
    });
    const events: NewEvent[] =
      news.length > 0 ? [{ at: Date.now(), type: 'transactions', transactions: news }] : [];
    this.flush(events, () => {
      this.#store.putTransactions(this.#id, news);
      also?.();
    });
  }

  /** Written soon, together with what else comes in the same turn. */
  add(events: readonly NewEvent[]): void {
    this.#waiting.push(...events);
    this.#flushSoon();
  }

  /** Writes what is waiting, then `events`, and with them whatever `also` writes. */
  flush(events: readonly NewEvent[] = [], also?: () => void): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const batch = [...this.#waiting, ...events];
    this.#waiting = [];
    const first = this.#journal.lastSeq(this.#id) + 1;
    try {
      this.#journal.append(this.#id, batch, also);
    } catch (error) {
      this.#waiting = batch.slice(0, batch.length - events.length).slice(-MOST_WAITING);
      throw error;
    }
    for (let i = Math.max(0, batch.length - REMEMBERED); i < batch.length; i++) {
      const event = batch[i] as NewEvent;
      if (event.type === 'log') this.#recent.push({ seq: first + i, text: plain(event.text) });
    }
    if (this.#recent.length > 2 * REMEMBERED) this.#recent = this.#recent.slice(-REMEMBERED);
  }

  recent(): { seq: number; text: string }[] {
    this.flush();
    return this.#recent.slice(-REMEMBERED);
  }

  #line(stream: OutputStream, line: string, onLine: (line: string) => void): void {
    onLine(plain(line));
    this.#waiting.push({ at: Date.now(), type: 'log', stream, text: this.mask(line) });
    this.#flushSoon();
  }

  /** A disk that is full keeps the lines waiting; whoever flushes next is told. */
  #flushSoon(): void {
    this.#scheduled ??= setImmediate(() => {
      try {
        this.flush();
      } catch {
        // Kept for the next one.
      }
    });
  }
}

/** Without colours, which few lines have. */
const plain = (line: string): string =>
  line.includes('\x1b') ? stripVTControlCharacters(line) : line;
