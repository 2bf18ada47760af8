import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Flushes the list of a folder's files to disk: a new or renamed file survives a loss of power. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
