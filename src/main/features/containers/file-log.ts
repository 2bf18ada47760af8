import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogOptions } from '../../engines/containers.ts';
import { Lines } from '../../lib/lines.ts';

const PIECE = 64 * 1024;
/** So far back lines are looked for. */
const LONGEST_TAIL = 4 * 1024 * 1024;
const LOOK_MS = 300;

/**
 * The last `tail` lines of a file, in batches, and with `follow` what is added to it until the
 * signal is aborted. A file that was emptied, or replaced by a shorter one, is read from its start;
 * one that isn't there is empty.
 */
export async function* fileLog(
  file: string,
  { tail, follow, mask, signal }: LogOptions,
): AsyncGenerator<string[], void> {
  let lines = new Lines(mask);
  let decoder = new StringDecoder('utf8');
  let at = await startOfTail(file, tail);
  while (!signal?.aborted) {
    const piece = await read(file, at);
    if (piece === 'shorter') {
      [lines, decoder, at] = [new Lines(mask), new StringDecoder('utf8'), 0];
      continue;
    }
    at += piece.length;
    const batch = lines.push(decoder.write(piece));
    if (batch.length > 0) yield batch;
    if (piece.length > 0) continue;
    if (!follow) {
      const rest = lines.end();
      if (rest.length > 0) yield rest;
      return;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Where the last lines begin, looked for from the end. */
async function startOfTail(file: string, tail: number): Promise<number> {
  return withFile(file, 0, async (handle) => {
    const { size } = await handle.stat();
    // The end of the last line doesn't begin another one.
    let left = tail + 1;
    for (let end = size; end > Math.max(0, size - LONGEST_TAIL); ) {
      const start = Math.max(0, end - PIECE);
      const piece = Buffer.alloc(end - start);
      await handle.read(piece, 0, piece.length, start);
      for (let at = piece.lastIndexOf(10); at >= 0; at = piece.lastIndexOf(10, at - 1)) {
        left--;
        if (left === 0) return start + at + 1;
        if (at === 0) break;
      }
      end = start;
    }
    return Math.max(0, size - LONGEST_TAIL);
  });
}

async function read(file: string, at: number): Promise<Buffer | 'shorter'> {
  return withFile<Buffer | 'shorter'>(
    file,
    at > 0 ? 'shorter' : Buffer.alloc(0),
    async (handle) => {
      if ((await handle.stat()).size < at) return 'shorter';
      const piece = Buffer.alloc(PIECE);
      const { bytesRead } = await handle.read(piece, 0, PIECE, at);
      return piece.subarray(0, bytesRead);
    },
  );
}

async function withFile<T>(
  file: string,
  missing: T,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return missing;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
