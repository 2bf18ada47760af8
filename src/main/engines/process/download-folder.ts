import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { despiteLocks } from '../../lib/despite-locks.ts';
import type { PinnedPackage } from '../../lib/npm/tarball.ts';
import { isOfGone, markOf } from '../../lib/process-mark.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

/**
 * What was downloaded: a folder for each version of a package, which appears when it is whole.
 * Beside them lie parts, marked by the process that works on them.
 */
export class DownloadFolder {
  readonly #root: string;
  readonly #mark: string;

  /** @param root absolute; made when something is put into it */
  constructor(root: string, owner: ProcessRef) {
    this.#root = root;
    this.#mark = markOf(owner);
  }

  /** Where a package is, or will be. */
  of(pinned: PinnedPackage): string {
    return path.join(this.#root, nameOf(pinned));
  }

  /** The file that this process downloads to. */
  tarball(pinned: PinnedPackage): string {
    return path.join(this.#root, `${nameOf(pinned)}.tgz.${this.#mark}.part`);
  }

  /** Where this process unpacks. */
  unpacking(pinned: PinnedPackage): string {
    return path.join(this.#root, `${nameOf(pinned)}.${this.#mark}.part`);
  }

  /** Takes over what a process that is gone has received, and removes whatever else it left. */
  async adopt(pinned: PinnedPackage): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    for (const { file, mark, isTarball } of await this.#parts(pinned)) {
      if (mark === this.#mark || !(await isOfGone(mark))) continue;
      // Of several who try, one has it.
      if (isTarball) await move(file, this.tarball(pinned)).catch(() => undefined);
      else await remove(file);
    }
  }

  /** Bytes that another process which runs has received; null: none is at it. */
  async receivedElsewhere(pinned: PinnedPackage): Promise<number | null> {
    for (const { file, mark, isTarball } of await this.#parts(pinned)) {
      if (!isTarball || mark === this.#mark || (await isOfGone(mark))) continue;
      const size = await stat(file).then(
        (found) => found.size,
        () => null,
      );
      if (size !== null) return size;
    }
    return null;
  }

  /** Moves the unpacked package into its place. If another process was first, its copy is kept. */
  async settle(pinned: PinnedPackage): Promise<void> {
    const from = this.unpacking(pinned);
    try {
      await move(from, this.of(pinned));
    } catch (error) {
      const isThere = await stat(this.of(pinned)).then(
        () => true,
        () => false,
      );
      if (!isThere) throw error;
    } finally {
      await this.drop(pinned);
    }
  }

  /** Removes what this process was working on. */
  async drop(pinned: PinnedPackage): Promise<void> {
    await remove(this.tarball(pinned));
    await remove(this.unpacking(pinned));
  }

  async #parts(pinned: PinnedPackage) {
    const names = await readdir(this.#root).catch(() => []);
    return names.flatMap((name) => {
      if (!name.startsWith(`${nameOf(pinned)}.`)) return [];
      const found = /^(?<tgz>\.tgz)?\.(?<mark>[^.]+)\.part$/.exec(
        name.slice(nameOf(pinned).length),
      );
      const { tgz, mark } = found?.groups ?? {};
      if (mark === undefined) return [];
      return [{ file: path.join(this.#root, name), mark, isTarball: tgz !== undefined }];
    });
  }
}

const nameOf = ({ name, version }: PinnedPackage): string => `${name.replace('/', '+')}@${version}`;

const move = (from: string, to: string) => despiteLocks(() => rename(from, to));
const remove = (file: string) => despiteLocks(() => rm(file, { recursive: true, force: true }));
