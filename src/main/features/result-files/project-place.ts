import { readFileSync, renameSync, unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asOwnerOf } from '../../lib/as-owner-of.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
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
    const full = this.#within(file);
    // Without a pause in between: a program that writes there meanwhile must not lose it.
    if (sha256(readFileSync(full)) !== hash) return false;
    unlinkSync(full);
    return true;
  }

  /**
   * Readers have the old file or the new one. Done again after a kill, it leaves nothing else behind.
   * False: the file has another content by now than `over`, null for none. Rejects as `fs`.
   */
  async put(file: string, content: Uint8Array, over: string | null): Promise<boolean> {
    const owned = asOwnerOf(this.folder);
    await owned.makeFolder(path.dirname(path.resolve(this.folder, file)));
    const full = this.#within(file);
    const part = path.join(path.dirname(full), `.${sha256(file).slice(0, 12)}.part`);
    await writeFile(part, content);
    await owned.give(part);
    const there = statOf(full) ? sha256(readFileSync(full)) : null;
    if (there !== over) {
      unlinkSync(part);
      return false;
    }
    renameSync(part, full);
    return true;
  }

  /** Throws where a link leads out of the project's repository. */
  #within(file: string): string {
    const full = path.resolve(this.folder, file);
    if (this.#files.real(path.dirname(full)) === undefined) {
      throw new Error(`${path.dirname(file)} leads out of ${this.folder}`);
    }
    return full;
  }
}
