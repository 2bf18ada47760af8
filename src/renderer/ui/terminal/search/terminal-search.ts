import type { IDisposable, IMarker, Terminal } from '@xterm/xterm';
import { firstRowOf, type Match, matchesInLine, nextLineAfter } from '../line-matches.ts';
import { MatchMarks } from './match-marks.ts';
import { patternOf, type SearchQuery } from './search-pattern.ts';

export interface SearchState {
  count: number;
  /** From 0; -1 without a match. */
  index: number;
  /** Whether the text is a regular expression that can be read. */
  isValid: boolean;
  /** Whether all lines have been read. */
  isDone: boolean;
}

/** Reading pauses after so long, so that the window keeps responding. */
const sliceMs = 12;
/** New output is read at most so often. */
const pauseMs = 250;

const empty: SearchState = { count: 0, index: -1, isValid: true, isDone: true };

const noMatches: readonly Match[] = [];

/**
 * Finds all matches in a terminal's buffer, follows new output, and marks the matches in view. The
 * current match is scrolled into view when it is chosen, and never by new output.
 */
export class TerminalSearch {
  #state = empty;
  #pattern: RegExp | null = null;
  #matches: readonly Match[] = noMatches;
  /** Rows above it have been read, and no longer change. */
  #read: { marker: IMarker; row: number } | null = null;
  #current: { marker: IMarker; column: number } | null = null;
  /** Whether the first match is still to be chosen. */
  #isNew = false;
  #scan = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #marks: MatchMarks;
  readonly #listeners = new Set<() => void>();
  readonly #following: IDisposable[];

  constructor(private readonly terminal: Terminal) {
    this.#marks = new MatchMarks(terminal);
    this.#following = [
      terminal.onWriteParsed(() => this.#readLater()),
      terminal.onResize(() => this.#readAgain()),
      terminal.buffer.onBufferChange(() => this.#readAgain()),
    ];
  }

  readonly getState = (): SearchState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks for something else, beginning at the current match if that is in view, otherwise at its top. */
  find(query: SearchQuery): void {
    this.#pattern = query.text === '' ? null : patternOf(query);
    if (query.text === '') this.#setCurrent(null);
    this.#isNew = true;
    const isValid = query.text === '' || this.#pattern !== null;
    this.#set({ ...empty, isValid, isDone: this.#pattern === null });
    this.#readAgain();
  }

  next(): void {
    this.#step(1);
  }

  previous(): void {
    this.#step(-1);
  }

  dispose(): void {
    this.#scan += 1;
    clearTimeout(this.#timer);
    for (const one of this.#following) one.dispose();
    this.#setCurrent(null);
    this.#read?.marker.dispose();
    this.#marks.dispose();
  }

  #step(by: 1 | -1): void {
    const { length } = this.#matches;
    if (length === 0) return;
    this.#isNew = false;
    const { index } = this.#state;
    this.#choose(index < 0 ? 0 : (index + by + length) % length);
  }

  #choose(index: number): void {
    const match = this.#matches[index];
    if (!match) return;
    this.#setCurrent(match);
    const { terminal } = this;
    const { viewportY } = terminal.buffer.active;
    if (match.row < viewportY || match.row >= viewportY + terminal.rows) {
      terminal.scrollToLine(Math.max(0, match.row - Math.floor(terminal.rows / 2)));
    }
    this.#publish(this.#state.isDone, index);
  }

  #setCurrent(match: Match | null): void {
    this.#current?.marker.dispose();
    this.#current = match && {
      marker: this.terminal.registerMarker(match.row - cursorRow(this.terminal)),
      column: match.column,
    };
  }

  #readLater(): void {
    if (this.#pattern === null) return;
    this.#timer ??= setTimeout(() => void this.#readOn(), pauseMs);
  }

  #readAgain(): void {
    this.#read?.marker.dispose();
    this.#read = null;
    this.#matches = noMatches;
    void this.#readOn();
  }

  async #readOn(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#scan += 1;
    const scan = this.#scan;
    const pattern = this.#pattern;
    if (pattern === null) {
      this.#marks.show(noMatches, -1);
      return;
    }
    const { terminal } = this;
    const found = this.#kept();
    let row = firstRowOf(terminal.buffer.active, this.#read?.marker.line ?? 0);
    for (;;) {
      const until = performance.now() + sliceMs;
      const buffer = terminal.buffer.active;
      while (row < buffer.length && performance.now() < until) {
        const next = nextLineAfter(buffer, row);
        found.push(...matchesInLine(buffer, terminal.cols, row, next, pattern));
        row = next;
      }
      if (row >= buffer.length) break;
      // Rows that leave the scrollback meanwhile move all others up.
      const at = terminal.registerMarker(row - cursorRow(terminal));
      await new Promise((resolve) => setTimeout(resolve));
      const moved = row - at.line;
      const isGone = at.isDisposed;
      at.dispose();
      if (scan !== this.#scan) return;
      if (isGone) return this.#readAgain();
      if (moved > 0) {
        found.splice(0, found.length, ...movedUp(found, moved));
        row -= moved;
      }
    }
    this.#matches = found;
    this.#keepRead();
    if (this.#isNew) {
      this.#isNew = false;
      this.#choose(this.#nearest());
    }
    this.#publish(true, this.#indexOfCurrent());
  }

  /** What is known from before, where it is now. */
  #kept(): Match[] {
    if (!this.#read || this.#read.marker.isDisposed) {
      this.#read = null;
      return [];
    }
    const { marker, row } = this.#read;
    const from = firstRowOf(this.terminal.buffer.active, marker.line);
    return movedUp(this.#matches, row - marker.line).filter((match) => match.row < from);
  }

  /** Programs can only change the last screen. */
  #keepRead(): void {
    const { terminal } = this;
    const row = terminal.buffer.active.baseY;
    this.#read?.marker.dispose();
    const marker = terminal.registerMarker(row - cursorRow(terminal));
    this.#read = { marker, row };
  }

  #nearest(): number {
    const { rows, buffer } = this.terminal;
    const top = buffer.active.viewportY;
    const line = this.#current?.marker.line ?? -1;
    return line >= top && line < top + rows ? this.#indexOfCurrent() : this.#indexFrom(top, 0);
  }

  #indexOfCurrent(): number {
    return this.#current ? this.#indexFrom(this.#current.marker.line, this.#current.column) : -1;
  }

  /** The first match from a cell on, otherwise the last one. */
  #indexFrom(line: number, start: number): number {
    const at = this.#matches.findIndex(
      ({ row, column }) => row > line || (row === line && column >= start),
    );
    return at < 0 ? this.#matches.length - 1 : at;
  }

  #publish(isDone: boolean, index: number): void {
    this.#marks.show(this.#matches, index);
    this.#set({ count: this.#matches.length, index, isValid: true, isDone });
  }

  #set(state: SearchState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

const cursorRow = ({ buffer: { active } }: Terminal): number => active.baseY + active.cursorY;

const movedUp = (matches: readonly Match[], by: number): Match[] =>
  matches.flatMap((match) => (match.row < by ? [] : [{ ...match, row: match.row - by }]));
