import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { namesIn, statOf } from '../../lib/fs-sync.ts';
import { makeFolderBelow } from '../../lib/make-folder-below.ts';
import { sha256 } from '../../lib/sha256.ts';

/** A content that nothing needs may be looked for by hand, or be of a run that is being noted. */
const SPARED_MS = 30 * 86_400_000;

/** Contents of files by their SHA-256, in a folder of the data folder. */
export class KeptContent {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = path.join(dataFolder, 'result-files');
  }

  /** @param durable outlives a loss of power, too */
  async keep(hash: string, content: Uint8Array, durable: boolean): Promise<void> {
    const file = path.join(this.#folder, hash);
    if (!durable && statOf(file)?.size === content.byteLength) return;
    await makeFolderBelow(path.dirname(this.#folder), this.#folder);
    const part = `${file}.${process.pid}.part`;
    const fd = openSync(part, 'w', 0o600);
    try {
      writeFileSync(fd, content);
      if (durable) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    await despiteLocks(async () => renameSync(part, file));
  }

  /** undefined for what isn't there, or isn't whole. */
  async find(hash: string): Promise<Buffer | undefined> {
    const content = await readFile(path.join(this.#folder, hash)).catch(() => undefined);
    return content && sha256(content) === hash ? content : undefined;
  }

  /** Deletes what is not needed, and was put there over 30 days ago. */
  async sweep(needed: ReadonlySet<string>): Promise<void> {
    for (const name of namesIn(this.#folder)) {
      if (needed.has(name)) continue;
      const file = path.join(this.#folder, name);
      const { mtimeMs } = statOf(file) ?? { mtimeMs: Date.now() };
      if (Date.now() - mtimeMs > SPARED_MS) await rm(file, { force: true });
    }
  }
}
