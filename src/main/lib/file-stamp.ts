import type { Stats } from 'node:fs';

/** Differs between two states of a file or folder; empty when it doesn't exist. */
export const stampOf = (found: Stats | undefined): string =>
  found ? `${found.mtimeMs}:${found.ctimeMs}:${found.size}:${found.ino}` : '';
