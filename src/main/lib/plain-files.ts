import { constants, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectWriter } from './project-writer.ts';

const MOST_ENTRIES = 20_000;
const MOST_BYTES = 1_000_000_000;
const DEEPEST = 20;

/** More than is gone through. Its message is a sentence without its full stop. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** A folder, and the writer that holds it. */
export interface PlainFolder {
  writer: ProjectWriter;
  /** Absolute. */
  folder: string;
}

/** A regular file, while it is its turn. */
export interface PlainFile {
  /** Relative to the folder that is gone through. */
  name: string;
  content(): AsyncIterable<Buffer>;
}

/** The entry itself, whatever a link leads to; undefined for none. */
export const entryAt = (file: string): Stats | undefined =>
  lstatSync(file, { throwIfNoEntry: false });

/**
 * The regular files of a folder and of those below it. Links, pipes, sockets and devices are left
 * out, also those that take the place of a file meanwhile. Rejects with TooMuch beyond 20,000
 * entries, 1 GB or 20 levels.
 */
export async function* plainFiles({ writer, folder }: PlainFolder): AsyncGenerator<PlainFile> {
  let entries = 0;
  let bytes = 0;
  async function* below(at: string, inner: string, depth: number): AsyncGenerator<PlainFile> {
    using held = writer.hold(at);
    if (!held) return;
    for (const entry of await readdir(held.path, { withFileTypes: true })) {
      entries += 1;
      const name = path.join(inner, entry.name);
      const full = path.join(held.path, entry.name);
      if (entries > MOST_ENTRIES || depth > DEEPEST) throw tooMuch(folder);
      if (entry.isDirectory()) yield* below(full, name, depth + 1);
      if (!entry.isFile()) continue;
      await using handle = await openPlain(full);
      const size = handle ? (await handle.stat()).size : 0;
      bytes += size;
      if (bytes > MOST_BYTES) throw tooMuch(folder);
      if (handle) yield { name, content: () => contentOf(handle, size) };
    }
  }
  yield* below(folder, '', 0);
}

/** Copies the plain files of a folder, and the folders that hold some. Nothing is overwritten. */
export async function copyPlainFiles(from: PlainFolder, to: PlainFolder): Promise<void> {
  for await (const { name, content } of plainFiles(from)) {
    const full = path.join(to.folder, name);
    using above = to.writer.make(path.dirname(full));
    const copy = path.join(above.path, path.basename(full));
    await using handle = await open(copy, 'wx');
    await handle.writeFile(content());
    to.writer.give(copy);
  }
}

/** undefined: another thing stands there by now. */
async function openPlain(file: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch(() => undefined);
  if (handle && !(await handle.stat()).isFile()) {
    await handle.close();
    return undefined;
  }
  return handle;
}

/** What is appended meanwhile is left out. */
async function* contentOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafe(Math.min(size, 1_000_000));
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(chunk, 0, Math.min(chunk.length, size - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

const tooMuch = (folder: string): TooMuch =>
  new TooMuch(`${folder} holds more than 20,000 entries, 1 GB or 20 levels of folders`);
