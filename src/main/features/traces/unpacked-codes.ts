import { unpackCode } from './packed.ts';

/** Some tens of megabytes. */
const MOST = 300;

/** Code of contracts, unpacked once for the many transactions that have it in common. */
export class UnpackedCodes {
  readonly #codes = new Map<string, string>();

  /** @param packed by SHA-256 as hex digits */
  of(packed: ReadonlyMap<string, Uint8Array>): (hash: string) => string | undefined {
    return (hash) => {
      const bytes = packed.get(hash);
      return this.#codes.get(hash) ?? (bytes && this.#unpack(hash, bytes));
    };
  }

  #unpack(hash: string, packed: Uint8Array): string {
    const code = unpackCode(packed);
    if (this.#codes.size >= MOST) this.#codes.clear();
    this.#codes.set(hash, code);
    return code;
  }
}
