import { accessSync, constants, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `gone`: the open folder is no longer at its path. */
export type StorageState = 'ok' | 'full' | 'read-only' | 'gone';

/** With less free space a database still works for a while, but no chain's state can be saved. */
const LEAST_BYTES = 4 * 1024 * 1024;
const PROBE_BYTES = 64 * 1024;

/** The current state of the disk below a folder; bytes available to this user, and bytes in all. */
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

/**
 * The same by writing a small file, for use after a failed write: a quota, or a disk that takes no
 * writes any more, can't be detected in any other way.
 */
export function probeStorage(folder: string): StorageState {
  const { state } = storageOf(folder);
  if (state !== 'ok') return state;
  const file = path.join(folder, `.probe-${process.pid}`);
  try {
    writeFileSync(file, Buffer.alloc(PROBE_BYTES), { mode: 0o600, flush: true });
    return 'ok';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'read-only';
  } finally {
    try {
      rmSync(file, { force: true });
    } catch {
      // On a disk that takes no writes; nothing is left on it either.
    }
  }
}
