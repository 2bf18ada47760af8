/** Pieces up to this size grow rather than multiply. */
const PIECE = 16_384;
/** How far a cut goes to find the start of a line. */
const LINE_SEARCH = 8192;

/** The last output of a terminal. Positions count all of it, in UTF-16 code units. */
export class Replay {
  readonly #kept: number;
  #pieces: string[] = [];
  #start = 0;
  #end = 0;

  constructor(kept: number) {
    this.#kept = kept;
  }

  get end(): number {
    return this.#end;
  }

  push(text: string): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined && last.length + text.length <= PIECE) {
      this.#pieces[this.#pieces.length - 1] = last + text;
    } else {
      this.#pieces.push(text);
    }
    this.#end += text.length;
    if (this.#end - this.#start > this.#kept + PIECE) this.#cut();
  }

  /** Where a reader goes on that has read up to `after`: there, or at the first that is left. */
  from(after: number): number {
    return after > this.#end ? this.#end : Math.max(after, this.#start);
  }

  /** The text at a position that `from` answered, one piece of it; undefined at the end. */
  at(position: number): string | undefined {
    let start = this.#start;
    for (const piece of this.#pieces) {
      if (position < start + piece.length) return piece.slice(position - start);
      start += piece.length;
    }
    return undefined;
  }

  /** Ends at the start of a line if one is near, so that no escape sequence is cut in two. */
  #cut(): void {
    for (;;) {
      const first = this.#pieces[0];
      if (first === undefined || this.#end - this.#start - first.length < this.#kept) break;
      this.#drop(first.length);
    }
    this.#drop((this.#pieces[0] ?? '').slice(0, LINE_SEARCH).indexOf('\n') + 1);
  }

  /** Drops the first `length` characters, of the first piece. */
  #drop(length: number): void {
    const first = this.#pieces[0] ?? '';
    if (length === first.length) this.#pieces.shift();
    else this.#pieces[0] = first.slice(length);
    this.#start += length;
  }
}
