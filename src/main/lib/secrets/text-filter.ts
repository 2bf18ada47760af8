const GRAM = 4;
const BITS = 1 << 19;

/**
 * Detects quickly that a text contains none of many others: examines only every few characters,
 * since each of the others has a known group of four in it. Each must have at least four
 * characters.
 */
export class TextFilter {
  readonly #bits = new Uint8Array(BITS >> 3);
  readonly #stride: number;

  constructor(texts: readonly string[]) {
    const shortest = texts.reduce((length, text) => Math.min(length, text.length), 64);
    this.#stride = shortest - GRAM + 1;
    for (const text of texts) {
      for (let at = 0; at < this.#stride; at++) {
        const place = placeOf(text, at);
        this.#bits[place >> 3] = (this.#bits[place >> 3] ?? 0) | (1 << (place & 7));
      }
    }
  }

  /** Returns false when it contains none of them. */
  mayHold(text: string): boolean {
    const last = text.length - GRAM;
    for (let at = 0; at <= last; at += this.#stride) {
      const place = placeOf(text, at);
      if (((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0) return true;
    }
    return false;
  }
}

function placeOf(text: string, at: number): number {
  let hash = text.charCodeAt(at);
  hash = Math.imul(hash, 131) + text.charCodeAt(at + 1);
  hash = Math.imul(hash, 131) + text.charCodeAt(at + 2);
  hash = Math.imul(hash, 131) + text.charCodeAt(at + 3);
  return (hash ^ (hash >>> 13)) & (BITS - 1);
}
