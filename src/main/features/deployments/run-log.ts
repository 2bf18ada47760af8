import { stripVTControlCharacters } from 'node:util';
import type { OutputStream } from '../../engines/engine.ts';
import { Lines } from '../../kit/lines.ts';
import type { Transaction } from './contract.ts';
import type { Journal } from './journal.ts';
import type { DeploymentsStore, NewEvent } from './store.ts';

/** Lines that wait for room on a full disk; beyond them the oldest are lost. */
const MOST_WAITING = 50_000;

/** Events that are looked through to find out why a run failed. */
const RECENT = 4000;

/** Writes one run's output and progress to its journal: masked, in lines, in batches. */
export class RunLog {
  readonly #id: number;
  readonly #journal: Journal;
  readonly #store: DeploymentsStore;
  readonly #lines = { stdout: new Lines(), stderr: new Lines() };
  readonly #seen = new Map<number, string>();
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
    try {
      this.#journal.append(this.#id, batch, also);
    } catch (error) {
      this.#waiting = newest(batch.slice(0, batch.length - events.length), MOST_WAITING);
      throw error;
    }
  }

  /** The last lines, without colours. */
  recent(): { seq: number; text: string }[] {
    this.flush();
    const after = Math.max(0, this.#journal.lastSeq(this.#id) - RECENT);
    return this.#journal
      .read(this.#id, after, RECENT)
      .flatMap((event) =>
        event.type === 'log' ? [{ seq: event.seq, text: plain(event.text) }] : [],
      );
  }

  #line(stream: OutputStream, line: string, onLine: (line: string) => void): void {
    onLine(plain(line));
    const at = Date.now();
    const text = this.mask(line);
    const last = this.#waiting.at(-1);
    if (last?.type === 'lines' && last.stream === stream && last.at === at) last.lines.push(text);
    else this.#waiting.push({ at, type: 'lines', stream, lines: [text] });
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

/** The last events, with so many lines at most; of those of one moment all or none. */
function newest(events: readonly NewEvent[], most: number): NewEvent[] {
  let lines = 0;
  const lost = events.findLastIndex((event) => {
    lines += event.type === 'lines' ? event.lines.length : 1;
    return lines > most;
  });
  return events.slice(lost + 1);
}

/** Without colours, which few lines have. */
const plain = (line: string): string =>
  line.includes('\x1b') ? stripVTControlCharacters(line) : line;
