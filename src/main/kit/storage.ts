import { accessSync, constants, statfsSync } from 'node:fs';

export type StorageState = 'ok' | 'full' | 'read-only';

/** With less than this a database goes on for a moment, but no chain's state can be saved. */
const LEAST_BYTES = 4 * 1024 * 1024;

/** How the disk under a folder is right now; bytes that we may use, and bytes in all. */
export function storageOf(folder: string): {
  state: StorageState;
  freeBytes: number;
  totalBytes: number;
} {
  const { bavail, blocks, bsize } = statfsSync(folder);
  const sizes = { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return { state: 'read-only', ...sizes };
  }
  return { state: sizes.freeBytes < LEAST_BYTES ? 'full' : 'ok', ...sizes };
}
