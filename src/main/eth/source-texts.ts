import { keccak256 } from 'viem';
import type { ProjectFiles } from '../lib/project-files.ts';

const MOST_BYTES = 1_000_000;
const MOST_KEPT = 2000;

/** Texts of source files as long as they are those that were compiled. */
export class SourceTexts {
  readonly #files: ProjectFiles;
  readonly #read = new Map<string, Promise<{ text: string; hash: string } | null>>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  /**
   * @param file absolute, or relative to the project
   * @param hash keccak-256 of the text, with 0x
   */
  async compiled(file: string, hash: string | undefined): Promise<string | null> {
    if (hash === undefined) return null;
    if (this.#read.size > MOST_KEPT) this.#read.clear();
    const known = this.#read.get(file) ?? this.#of(file);
    this.#read.set(file, known);
    const found = await known;
    return found?.hash === hash ? found.text : null;
  }

  async #of(file: string): Promise<{ text: string; hash: string } | null> {
    const bytes = await this.#files.bytes(file, MOST_BYTES).catch(() => null);
    return bytes && { text: bytes.toString(), hash: keccak256(bytes) };
  }
}
