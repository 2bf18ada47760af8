import { stripVTControlCharacters } from 'node:util';
import type { OutputStream } from '../../engines/engine.ts';
import { Lines } from '../../lib/lines.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import type { Journal } from './journal.ts';
import type { NewEvent } from './journal-store.ts';

/** The most lines that wait when the disk is full; the oldest of any others are lost. */
const MOST_WAITING = 50_000;

/** How often an unfinished line is shown at most, and the most of it that is shown. */
const LIVE_EVERY_MS = 100;
const LIVE_CHARACTERS = 500;

/** The number of events that are searched for the reason of a failure. */
const RECENT = 4000;

/** Writes one run's output and progress to its journal: masked, in lines, in batches. */
export class RunLog {
  readonly #id: number;
  readonly #journal: Journal;
  #waiting: NewEvent[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  readonly #live: (line: string) => void;
  #liveSoon: NodeJS.Timeout | undefined;
  #liveStream: OutputStream = 'stdout';
  /** Set again once the run's secrets are known. */
  mask: Mask;
  readonly #lines = { stdout: new Lines(() => this.mask), stderr: new Lines(() => this.mask) };

  constructor(
    id: number,
    journal: Journal,
    mask = Mask.none,
    live: (line: string) => void = () => undefined,
  ) {
    this.#id = id;
    this.#journal = journal;
    this.mask = mask;
    this.#live = live;
  }

  /**
   * Output of the tool; `onLine` gets each line, masked and without colours, before it is written.
   */
  output(stream: OutputStream, text: string, onLine: (line: string) => void): void {
    for (const line of this.#lines[stream].push(text)) this.#line(stream, line, onLine);
    this.#showLiveSoon(stream);
  }

  endOutput(onLine: (line: string) => void): void {
    clearTimeout(this.#liveSoon);
    this.#live('');
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const line of this.#lines[stream].end()) this.#line(stream, line, onLine);
    }
  }

  /** A line from something that runs elsewhere for the run, such as a service. */
  line(stream: OutputStream, text: string): void {
    this.#line(stream, this.mask.apply(text), () => undefined);
  }

  /** A line of Drydock's. */
  note(text: string): void {
    this.add([{ at: Date.now(), type: 'log', stream: 'drydock', text: this.mask.apply(text) }]);
  }

  /** Written shortly, together with whatever else arrives in the same turn. */
  add(events: readonly NewEvent[]): void {
    this.#waiting.push(...events);
    this.#flushSoon();
  }

  /** Writes pending lines, then `events`, together with whatever `also` writes. */
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
    const last = this.#waiting.at(-1);
    if (last?.type === 'lines' && last.stream === stream && last.at === at) last.lines.push(line);
    else this.#waiting.push({ at, type: 'lines', stream, lines: [line] });
    this.#flushSoon();
  }

  #showLiveSoon(stream: OutputStream): void {
    this.#liveStream = stream;
    this.#liveSoon ??= setTimeout(() => {
      this.#liveSoon = undefined;
      this.#live(plain(this.#lines[this.#liveStream].unfinished()).slice(0, LIVE_CHARACTERS));
    }, LIVE_EVERY_MS).unref();
  }

  /** On a full disk, the lines stay pending and the next flush throws. */
  #flushSoon(): void {
    this.#scheduled ??= setImmediate(() => {
      try {
        this.flush();
      } catch {
        // Kept for the next flush.
      }
    });
  }
}

/** The last events, with at most this many lines; of events with one timestamp all or none. */
function newest(events: readonly NewEvent[], most: number): NewEvent[] {
  let lines = 0;
  const lost = events.findLastIndex((event) => {
    lines += event.type === 'lines' ? event.lines.length : 1;
    return lines > most;
  });
  return events.slice(lost + 1);
}

/** Without colours; few lines have any. */
const plain = (line: string): string =>
  line.includes('\x1b') ? stripVTControlCharacters(line) : line;
