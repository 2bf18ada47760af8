import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit, Shell } from '../../engines/engine.ts';
import { Notifier } from '../../lib/notifier.ts';
import type { TerminalEvent } from './contract.ts';
import { Replay } from './replay.ts';

const KEPT = 262_144;
/** Output that the fastest reader has not fetched yet: above it the writer waits, below it goes on. */
const HIGH = 131_072;
const LOW = 32_768;
/** A reader that has used up its limit is waited for so long. */
const COMES_BACK_MS = 3000;
/** Pieces that follow each other more closely are told together. */
const TOGETHER_MS = 4;

interface Reader {
  position: number;
  /** Runs while it has used up its limit. */
  away?: NodeJS.Timeout;
}

/** What one terminal has shown, and who is reading it. */
export class Session {
  readonly #replay = new Replay(KEPT);
  readonly #notifier = new Notifier<'any'>();
  readonly #readers = new Set<Reader>();
  #shell: Shell | undefined;
  #paused = false;
  #exit: Pick<Exit, 'code' | 'signal'> | null = null;

  get exit(): Pick<Exit, 'code' | 'signal'> | null {
    return this.#exit;
  }

  attach(shell: Shell): void {
    this.#shell = shell;
  }

  readonly onData = (text: string): void => {
    this.#replay.push(text);
    this.#notifier.notify('any');
    this.#balance();
  };

  ended(exit: Pick<Exit, 'code' | 'signal'>): void {
    this.#exit = exit;
    this.#notifier.notify('any');
  }

  async *watch(
    after: number,
    limit: number,
    signal?: AbortSignal,
  ): AsyncGenerator<TerminalEvent, void> {
    const reader: Reader = { position: this.#replay.from(after) };
    this.#comes(reader, after);
    let left = limit;
    try {
      yield { type: 'attached', from: reader.position, end: this.#replay.end };
      let told = 0;
      while (left > 0 && !signal?.aborted) {
        const from = this.#replay.from(reader.position);
        if (from > reader.position) {
          // Others read faster; this one has to start over.
          reader.position = from;
          yield { type: 'attached', from, end: from };
        }
        const text = this.#replay.at(from);
        if (text !== undefined) {
          reader.position += text.length;
          left -= text.length;
          this.#balance();
          told = performance.now();
          yield { type: 'data', start: from, text };
        } else if (this.#exit) {
          yield { type: 'exit', ...this.#exit };
          return;
        } else {
          await this.#notifier.next('any', signal);
          if (performance.now() - told < TOGETHER_MS) await sleep(TOGETHER_MS);
        }
      }
    } finally {
      const comesBack = left <= 0 && !signal?.aborted && !this.#exit;
      if (comesBack) reader.away = setTimeout(() => this.#leaves(reader), COMES_BACK_MS);
      else this.#leaves(reader);
    }
  }

  /** A reader that comes back takes the place that was kept for it. */
  #comes(reader: Reader, after: number): void {
    for (const other of this.#readers) {
      if (other.away && other.position === after) {
        this.#leaves(other);
        break;
      }
    }
    this.#readers.add(reader);
    this.#balance();
  }

  #leaves(reader: Reader): void {
    clearTimeout(reader.away);
    this.#readers.delete(reader);
    this.#balance();
  }

  /** Without a reader nothing waits: what is written then is for the replay. */
  #balance(): void {
    const furthest = Math.max(...[...this.#readers].map((reader) => reader.position));
    const behind = this.#readers.size === 0 ? 0 : this.#replay.end - furthest;
    if (!this.#paused && behind > HIGH) {
      this.#paused = true;
      this.#shell?.pause();
    } else if (this.#paused && behind < LOW) {
      this.#paused = false;
      this.#shell?.resume();
    }
  }
}
