import { readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import { type ProjectWriter, projectWriter } from '../../lib/project-writer.ts';
import { sha256 } from '../../lib/sha256.ts';

/** Larger files are not recorded. */
const MOST_BYTES = 64_000_000;

export interface Content {
  hash: string;
  bytes: Buffer;
}

/** Files of a project that we put there and take away. Paths are relative to its folder. */
export class ProjectPlace {
  readonly #files: ProjectFiles;

  constructor(readonly folder: string) {
    this.#files = projectFiles(folder);
  }

  exists(): boolean {
    return statOf(this.folder)?.isDirectory() ?? false;
  }

  /** null for nothing. Rejects with RefusedFile for what is no regular file within the project. */
  async read(file: string): Promise<Content | null> {
    if (!this.#files.stat(file)) return null;
    const bytes = await this.#files.bytes(file, MOST_BYTES);
    return { hash: sha256(bytes), bytes };
  }

  /** Deletes the file if it still has that content; false: it has another. Throws as `fs`. */
  remove(file: string, hash: string): boolean {
    using above = this.#writer().hold(path.dirname(file));
    if (!above) return false;
    const full = path.join(above.path, path.basename(file));
    // Without a pause in between: a program that writes there meanwhile must not lose it.
    if (hashOf(full) !== hash) return false;
    unlinkSync(full);
    return true;
  }

  /**
   * Readers have the old file or the new one. Done again after a kill, it leaves nothing else behind.
   * False: the file has another content by now than `over`, null for none. Rejects as `fs`.
   */
  async put(file: string, content: Uint8Array, over: string | null): Promise<boolean> {
    const writer = this.#writer();
    using above = writer.make(path.dirname(file));
    const full = path.join(above.path, path.basename(file));
    const part = path.join(above.path, `.${sha256(file).slice(0, 12)}.part`);
    rmSync(part, { force: true });
    await writeFile(part, content, { flag: 'wx' });
    writer.give(part);
    return despiteLocks(async () => {
      if (hashOf(full) !== over) {
        unlinkSync(part);
        return false;
      }
      renameSync(part, full);
      return true;
    });
  }

  #writer(): ProjectWriter {
    return projectWriter(this.folder, { boundary: this.#files.boundary });
  }
}

/** null for nothing. Throws for what is no file: reading it might never end. */
function hashOf(file: string): string | null {
  const found = statOf(file);
  if (!found) return null;
  if (!found.isFile()) throw new Error(`${path.basename(file)} is no regular file`);
  return sha256(readFileSync(file));
}
