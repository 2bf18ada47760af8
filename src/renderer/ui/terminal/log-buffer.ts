export interface LogLine {
  /** Its position in the source; increases from line to line. */
  seq: number;
  /** Unix time, ms; null: unknown. */
  at: number | null;
  kind: 'stdout' | 'stderr' | 'own' | 'command' | 'warning' | 'good' | 'bad';
  text: string;
}

/**
 * The last lines of a log. Memory is bounded: lines that are dropped at the front had already left
 * the terminal's own scrollback. Lines keep their numbers, counted from 0 at the start of the log.
 */
export class LogBuffer {
  readonly capacity: number;
  #lines: LogLine[] = [];
  #first = 0;
  #live = '';
  #listeners = new Set<() => void>();

  constructor(capacity = 50_000) {
    this.capacity = capacity;
  }

  /** Index of the oldest line that is still kept. */
  get first(): number {
    return this.#first;
  }

  /** Index after the newest line. */
  get end(): number {
    return this.#first + this.#lines.length;
  }

  get last(): LogLine | undefined {
    return this.#lines.at(-1);
  }

  /** The unfinished line, after the last one; empty: none. */
  get live(): string {
    return this.#live;
  }

  setLive(text: string): void {
    if (text === this.#live) return;
    this.#live = text;
    for (const listener of this.#listeners) listener();
  }

  push(lines: LogLine[]): void {
    if (lines.length === 0) return;
    for (const line of lines) this.#lines.push(line);
    if (this.#lines.length > this.capacity * 1.25) {
      const surplus = this.#lines.length - this.capacity;
      this.#lines.splice(0, surplus);
      this.#first += surplus;
    }
    for (const listener of this.#listeners) listener();
  }

  /** Up to `max` lines from `index` on, which must not be below `first`. */
  slice(index: number, max: number): LogLine[] {
    const from = index - this.#first;
    return this.#lines.slice(from, from + max);
  }

  /** Index of the line with this seq, or the one after it; -1 when it is no longer kept. */
  indexOf(seq: number): number {
    const lines = this.#lines;
    if (lines.length === 0 || seq < (lines[0]?.seq ?? 0)) return -1;
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return this.#first + low;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
