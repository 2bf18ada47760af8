import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kept, ToKeep } from '../../kinds/compile-cache.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { folderSize } from '../../lib/folder-size.ts';
import { namesIn, statOf } from '../../lib/fs-sync.ts';
import { makeFolderBelow } from '../../lib/make-folder-below.ts';

/** Beside the files of an entry: written last, and its time is that of the last use. */
const ENTRY = 'entry.json';
/** The entry of a group that a tool fills, and the folder in it that is the tool's. */
const OF_TOOL = 'tool';
/** Entries that are being written begin with this; a process that is killed leaves one. */
const PART = '.part-';
/** No entry takes so long to write. */
const PART_MS = 10 * 60_000;
/** Facts of a large project take a megabyte. */
const MOST_KNOWN = 50;

/** Of an entry, without its files: what is looked at in every run. */
interface Written {
  key: string;
  keptAt: number;
  /** null: it changes, and is measured. */
  bytes: number | null;
  facts: unknown;
}

export interface Entry {
  folder: string;
  bytes: number;
  /** Unix time, ms. */
  usedAt: number;
}

/** Entries as folders, `<group>/<key>`: whole or not there, however often this is killed. */
export function compileEntries(root: string) {
  const known = new Map<string, Written>();
  const sizes = new Map<string, number>();

  function read(folder: string): Written | undefined {
    try {
      return JSON.parse(readFileSync(path.join(folder, ENTRY), 'utf8')) as Written;
    } catch {
      return undefined;
    }
  }

  function written(folder: string): Written | undefined {
    const before = known.get(folder);
    if (before) return before;
    const entry = read(folder);
    if (!entry) return undefined;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(folder, entry);
    return entry;
  }

  async function bytesOf(folder: string): Promise<number | undefined> {
    const bytes = sizes.get(folder) ?? read(folder)?.bytes;
    if (bytes === null) return folderSize(path.join(folder, OF_TOOL));
    if (bytes !== undefined) sizes.set(folder, bytes);
    return bytes;
  }

  const usedAt = (folder: string): number | undefined => statOf(path.join(folder, ENTRY))?.mtimeMs;

  const within = async (folder: string): Promise<string[]> =>
    (await readdir(folder).catch(() => [])).map((name) => path.join(folder, name));

  async function remove(folder: string): Promise<void> {
    known.delete(folder);
    sizes.delete(folder);
    await despiteLocks(() => rm(folder, { recursive: true, force: true }));
  }

  async function use(folder: string): Promise<void> {
    const now = new Date();
    await utimes(path.join(folder, ENTRY), now, now);
  }

  async function makeToolFolder(place: string, folder: string): Promise<void> {
    const part = path.join(place, `${PART}${randomUUID()}`);
    await makeFolderBelow(path.dirname(root), path.join(part, OF_TOOL));
    const entry: Written = { key: OF_TOOL, keptAt: Date.now(), bytes: null, facts: null };
    await writeFile(path.join(part, ENTRY), JSON.stringify(entry), { mode: 0o600 });
    await despiteLocks(() => rename(part, folder)).catch(async (error: unknown) => {
      await remove(part);
      // Another core may have been first.
      if (usedAt(folder) === undefined) throw error;
    });
  }

  async function removeIfLeft(part: string): Promise<void> {
    const begun = await stat(part).catch(() => undefined);
    if (begun && Date.now() - begun.mtimeMs > PART_MS) await remove(part);
  }

  return {
    /** Those of a group that were used since then, the last used first. Takes microseconds. */
    find(group: string, since: number): Kept[] {
      const found: (Kept & { usedAt: number })[] = [];
      for (const name of namesIn(path.join(root, group))) {
        if (name.startsWith(PART)) continue;
        const folder = path.join(root, group, name);
        const at = usedAt(folder);
        if (at === undefined || at < since) continue;
        const entry = written(folder);
        if (!entry) continue;
        const { key, keptAt, facts } = entry;
        found.push({ key, keptAt, facts, folder, usedAt: at });
      }
      return found.sort((a, b) => b.usedAt - a.usedAt);
    },

    async write({ group, key, facts, files }: ToKeep): Promise<void> {
      const place = path.join(root, group);
      const part = path.join(place, `${PART}${randomUUID()}`);
      await makeFolderBelow(path.dirname(root), part);
      try {
        for (const [index, content] of files.entries()) {
          await writeFile(path.join(part, `${index}`), content, { mode: 0o600 });
        }
        const bytes = files.reduce((sum, content) => sum + content.byteLength, 0);
        const entry: Written = { key, keptAt: Date.now(), bytes, facts };
        await writeFile(path.join(part, ENTRY), JSON.stringify(entry), { mode: 0o600 });
        await remove(path.join(place, key));
        await despiteLocks(() => rename(part, path.join(place, key)));
      } catch (error) {
        await remove(part);
        throw error;
      }
    },

    use: ({ folder }: Kept): Promise<void> => use(folder),

    /** The folder of a group that its tool fills. It is used now. */
    async folder(group: string): Promise<string> {
      const place = path.join(root, group);
      const folder = path.join(place, OF_TOOL);
      if (usedAt(folder) === undefined) await makeToolFolder(place, folder);
      else await use(folder);
      return path.join(folder, OF_TOOL);
    },

    remove,

    /** Every entry; what is none is removed. */
    async all(): Promise<Entry[]> {
      const found: Entry[] = [];
      const folders = await Promise.all((await within(root)).map(within));
      for (const folder of folders.flat()) {
        if (path.basename(folder).startsWith(PART)) {
          await removeIfLeft(folder);
          continue;
        }
        const at = usedAt(folder);
        const bytes = at === undefined ? undefined : await bytesOf(folder);
        if (bytes !== undefined && at !== undefined) found.push({ folder, bytes, usedAt: at });
        else await remove(folder);
      }
      return found;
    },

    async clear(): Promise<void> {
      known.clear();
      sizes.clear();
      await despiteLocks(() => rm(root, { recursive: true, force: true }));
    },
  };
}

export type CompileEntries = ReturnType<typeof compileEntries>;
