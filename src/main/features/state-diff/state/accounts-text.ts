const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST, LIST_END, COLON] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x3a,
];
const SPACE = 0x20;
const KEY = 'accounts';

/** The text of a state isn't whole, or none. */
export class NotAState extends Error {
  override readonly name = 'NotAState';
}

/**
 * Takes the accounts out of a chain's state as its pieces arrive, so that the history that lies beside
 * them, of most states by far the larger part, is never held. The text must be whole: it is followed to
 * its end.
 */
export class AccountsText {
  readonly #kept: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #hasEnded = false;
  /** Of the members of the state itself: the name that is being read, and the last one. */
  #name = '';
  #isAccounts = false;
  #found = false;

  /** @param piece is kept as it is, and must not be written to again. Throws NotAState. */
  push(piece: Buffer): void {
    let from = this.#isAccounts ? 0 : -1;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] as number;
      if (this.#inString) {
        at = this.#string(piece, at);
        continue;
      }
      if (this.#depth === 0) this.#outside(byte);
      if (byte === QUOTE) {
        this.#inString = true;
        if (this.#depth === 1) this.#name = '';
      } else if (byte === COLON && this.#depth === 1) {
        if (this.#name !== KEY || this.#found) continue;
        [this.#isAccounts, this.#found, from] = [true, true, at + 1];
      } else if (byte === OPEN || byte === LIST) {
        this.#depth++;
      } else if (byte === CLOSE || byte === LIST_END) {
        this.#depth--;
        if (this.#depth === 0) this.#hasEnded = true;
        if (this.#depth === 1 && this.#isAccounts) {
          this.#kept.push(piece.subarray(from, at + 1));
          [this.#isAccounts, from] = [false, -1];
        }
      }
    }
    if (from >= 0) this.#kept.push(piece.subarray(from));
  }

  /** Throws NotAState. */
  end(): string {
    if (!this.#hasEnded || this.#depth !== 0) throw new NotAState('it ends in the middle');
    if (!this.#found || this.#isAccounts) throw new NotAState('it has no accounts');
    return Buffer.concat(this.#kept).toString('utf8');
  }

  /** Beside the state there is nothing but space. */
  #outside(byte: number): void {
    if (byte <= SPACE) return;
    if (this.#hasEnded) throw new NotAState('something follows its end');
    if (byte !== OPEN) throw new NotAState('it is no JSON object');
  }

  /** Returns the position of the last byte that was read of the string. */
  #string(piece: Buffer, start: number): number {
    let quote = piece.indexOf(QUOTE, start);
    while (quote >= 0 && this.#isEscapedAt(piece, start, quote)) {
      quote = piece.indexOf(QUOTE, quote + 1);
    }
    const end = quote < 0 ? piece.length : quote;
    const isName = this.#depth === 1 && this.#name.length <= KEY.length;
    if (isName)
      this.#name += piece.toString('latin1', start, Math.min(end, start + 2 * KEY.length));
    this.#isEscaped = quote < 0 && this.#isEscapedAt(piece, start, end);
    this.#inString = quote < 0;
    return end;
  }

  /** Whether an odd number of backslashes comes before a byte of a string. */
  #isEscapedAt(piece: Buffer, start: number, at: number): boolean {
    let count = 0;
    while (at - count > start && piece[at - count - 1] === BACKSLASH) count++;
    const isFirst = at - count === start && this.#isEscaped;
    return (count + (isFirst ? 1 : 0)) % 2 === 1;
  }
}
