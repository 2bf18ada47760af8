import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** So much is written before it is forced to the disk: a full write cache stalls every writer. */
const SYNC_EVERY_BYTES = 4 * 1024 * 1024;
/** What is read and written at once. */
export const PIECE_BYTES = 256 * 1024;

/** Writes a new file so that little is ever waiting to be written, and nothing once it ends. */
export function durably(file: string) {
  return async (pieces: Readable | AsyncIterable<Buffer>): Promise<void> => {
    const handle = openSync(file, 'w', 0o600);
    try {
      let waiting = 0;
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        writeSync(handle, piece);
        waiting += piece.length;
        if (waiting < SYNC_EVERY_BYTES) continue;
        fdatasyncSync(handle);
        waiting = 0;
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  };
}
