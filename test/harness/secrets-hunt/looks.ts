import { readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

const LARGEST = 64 * 1024 * 1024;
const LARGEST_OF_PASSING = 256 * 1024;
/** What tools bring along, and nothing of a run is written into. */
const SKIPPED = /^(node_modules|\.svm|compilers-v[23]|\.git)$/;

/** A text, and where it was found. */
export interface Look {
  where: string;
  text: string;
}

/** The arguments and the environment of all processes that this user can see. Linux only. */
export function processesNow(): { args: string; env: string }[] {
  if (process.platform !== 'linux') return [];
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1').replaceAll('\0', '\n');
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      // A process that begins gets both at once: what has this environment has those arguments.
      const env = read(pid, 'environ');
      return { env, args: read(pid, 'cmdline') };
    });
}

/** Small files that were written since then, also those that are gone a moment later. */
export function passingFiles(since: number): Look[] {
  return ['/dev/shm', os.tmpdir()].flatMap((folder) =>
    [...below(folder, 3)].flatMap((file) => {
      try {
        const { mtimeMs, size } = statSync(file);
        if (mtimeMs < since || size > LARGEST_OF_PASSING) return [];
        return [{ where: file, text: readFileSync(file, 'latin1') }];
      } catch {
        return [];
      }
    }),
  );
}

/** All files below a folder, and what is packed in them. */
export function* filesBelow(folder: string): Iterable<Look> {
  for (const file of below(folder, Number.POSITIVE_INFINITY)) {
    let bytes: Buffer;
    try {
      if (statSync(file).size > LARGEST) continue;
      bytes = readFileSync(file);
    } catch {
      continue;
    }
    yield { where: file, text: bytes.toString('latin1') };
    const unpacked = unpackedOf(file, bytes);
    if (unpacked) yield { where: `${file}, unpacked`, text: unpacked.toString('latin1') };
  }
}

function unpackedOf(file: string, bytes: Buffer): Buffer | null {
  try {
    if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return gunzipSync(bytes);
    if (bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) {
      return zstdDecompressSync(bytes);
    }
    return /\.br$/.test(file) ? brotliDecompressSync(bytes) : null;
  } catch {
    // Cut off, or something else after all.
    return null;
  }
}

function* below(folder: string, depth: number): Iterable<string> {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(folder);
  } catch {
    return;
  }
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    if (entry.isFile()) yield at;
    if (entry.isDirectory() && depth > 1 && !SKIPPED.test(entry.name)) yield* below(at, depth - 1);
  }
}

const list = (folder: string) => readdirSync(folder, { withFileTypes: true });
