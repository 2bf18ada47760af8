import type { Kept } from '../toolchain.ts';
import type { ForgeCache } from './forge-cache.ts';

/** What is written down with the files of a compile. */
export interface CompileFacts {
  /** Of each source, as forge names it: SHA-256. */
  sources: Record<string, string>;
  /** forge's own notes, of these sources alone. */
  notes: ForgeCache;
  /** Relative to `out`, and SHA-256; in the order of the kept files. */
  products: { path: string; sha256: string }[];
}

export type KeptCompile = Kept & { facts: CompileFacts };
