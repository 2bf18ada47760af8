import type { Kept } from '../compile-cache.ts';
import type { ForgeCache } from './forge-cache.ts';

/** The facts that are stored with the files of a compile. */
export interface CompileFacts {
  /** Of each source, as forge names it: SHA-256. */
  sources: Record<string, string>;
  /** forge's own cache file, for these sources alone. */
  notes: ForgeCache;
  /** Relative to `out`, with SHA-256; in the order of the kept files. */
  products: { path: string; sha256: string }[];
}

export type KeptCompile = Kept & { facts: CompileFacts };
