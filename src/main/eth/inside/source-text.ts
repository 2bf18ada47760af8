import { type Declaration, declarationsIn } from './source-outline.ts';

/** A source file by the bytes that compilers count in. */
export class SourceText {
  readonly path: string;
  readonly text: string;
  /** One character for each byte. */
  #bytes: string | null = null;
  #lineStarts: number[] | null = null;
  #lines: string[] | null = null;
  #declarations: Declaration[] | null = null;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get bytes(): string {
    this.#bytes ??= oneCharacterEach(this.text);
    return this.#bytes;
  }

  /** Contracts, functions and modifiers, in the order in which they begin. */
  get declarations(): readonly Declaration[] {
    this.#declarations ??= declarationsIn(this.bytes);
    return this.#declarations;
  }

  /** Both from 1; columns in bytes. */
  lineAndColumn(offset: number): { line: number; column: number } {
    this.#lineStarts ??= [0, ...[...this.bytes.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const line = lastAtOrBefore(this.#lineStarts, (start) => start <= offset) + 1;
    return { line, column: offset - (this.#lineStarts[line - 1] ?? 0) + 1 };
  }

  /** As it is written. @param number from 1 */
  line(number: number): string {
    this.#lines ??= this.text.split('\n');
    return this.#lines[number - 1] ?? '';
  }

  /** The innermost one around all of a range; null: there is none. */
  declarationAt(start: number, length: number): Declaration | null {
    const all = this.declarations;
    let i = lastAtOrBefore(all, (one) => one.start <= start);
    for (; i >= 0; i = all[i]?.parent ?? NONE) {
      const one = all[i] as Declaration;
      if (start + length <= one.end) return one;
    }
    return null;
  }

  slice(start: number, length: number): string {
    const bytes = this.bytes.slice(start, start + length);
    if (this.#bytes === this.text) return bytes;
    return new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
  }
}

const NONE = -1;

function oneCharacterEach(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === text.length) return text;
  const parts: string[] = [];
  // As many arguments as any engine takes.
  const STEP = 8192;
  for (let at = 0; at < bytes.length; at += STEP) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + STEP)));
  }
  return parts.join('');
}

/** The last index of a sorted list for which `is` holds; -1: for none. */
function lastAtOrBefore<Item>(sorted: readonly Item[], is: (item: Item) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(sorted[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
