import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import dockerignore from '@balena/dockerignore';
import type { Pack } from 'tar-stream';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';

/** The files beside a Dockerfile that it can copy. */
export interface BuildContext {
  /** Hash of names, modes and contents. */
  digest: string;
  bytes: number;
  /** Adds them all to an archive. */
  packInto: (archive: Pack) => Promise<void>;
}

const MOST_FILES = 200_000;

interface Entry {
  name: string;
  file: string;
  mode: number;
  size: number;
  /** Target of a symbolic link. */
  linkname?: string;
}

export interface ContextOptions {
  /** What is excluded from a folder that has no `.dockerignore`, as rules of such a file. */
  usuallyIgnored: readonly string[];
  /** The Dockerfile, relative to the folder, if the archive must contain it whatever is ignored. */
  dockerfile?: string;
  /** The rules of another system than this one. */
  platform?: NodeJS.Platform;
}

/**
 * A folder without what its `.dockerignore` excludes. Symbolic links stay links: targets outside of
 * the folder aren't read. Rejects with RefusedFile when that can't be determined, or is too much.
 */
export async function readContext(
  folder: string,
  { usuallyIgnored, dockerfile, platform = process.platform }: ContextOptions,
): Promise<BuildContext> {
  const rules = ignoreRules(folder, dockerfile);
  const filter = dockerignore().add(rules?.split('\n') ?? [...usuallyIgnored]);
  // A rule with ! includes files of a folder that another rule excludes.
  const whole = rules === undefined || !/^\s*!/m.test(rules);
  const entries: Entry[] = [];
  const read = (name: string) => entryOf(folder, name, platform);
  await collect(folder, '', entries, read, (name) => whole && filter.ignores(name));
  const kept = entries.filter(
    ({ name }) => name !== '.dockerignore' && name !== dockerfile && !filter.ignores(name),
  );
  if (dockerfile !== undefined) kept.push(await read(dockerfile));
  const hashed = await Promise.all(
    kept.map(async (entry) => {
      const hash = entry.linkname ?? (await unlessGone(contentHash(entry.file)));
      return hash === undefined ? [] : [{ ...entry, hash }];
    }),
  );
  const there = hashed.flat();
  const lines = there.map(({ name, mode, hash }) => [name, mode & 0o111, hash].join(' '));
  return {
    digest: sha256(lines.join('\n')),
    bytes: there.reduce((sum, { size }) => sum + size, 0),
    async packInto(archive) {
      for (const { name, file, mode, size, linkname } of there) {
        if (linkname !== undefined) archive.entry({ name, mode, type: 'symlink', linkname });
        else await pipeline(await exactly(file, size), archive.entry({ name, mode, size }));
      }
    },
  };
}

/**
 * The rules of the Dockerfile alone, `<Dockerfile>.dockerignore`, take precedence over the
 * folder's.
 */
function ignoreRules(folder: string, dockerfile: string | undefined): string | undefined {
  const files = projectFiles(folder);
  const names = [...(dockerfile ? [`${dockerfile}.dockerignore`] : []), '.dockerignore'];
  for (const name of names) {
    try {
      return files.text(name);
    } catch (error) {
      if (!(error instanceof RefusedFile && error.refusal === 'missing')) throw error;
    }
  }
  return undefined;
}

/** The first `size` bytes of a file: what was appended since is left out. */
const exactly = async (file: string, size: number): Promise<Readable> =>
  size === 0 ? Readable.from([]) : (await opened(file)).createReadStream({ end: size - 1 });

/** Doesn't block when the file has been replaced by a named pipe. */
const opened = (file: string) =>
  open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));

async function collect(
  folder: string,
  below: string,
  into: Entry[],
  read: (name: string) => Promise<Entry>,
  skip: (name: string) => boolean,
): Promise<void> {
  const found = await unlessGone(readdir(path.join(folder, below), { withFileTypes: true }));
  if (!found && below === '') throw new RefusedFile(folder, 'missing', 'no longer exists');
  for (const one of (found ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? one.name : `${below}/${one.name}`;
    if (skip(name)) continue;
    if (into.length >= MOST_FILES) {
      throw new RefusedFile(folder, 'too-big', `holds more than ${MOST_FILES} files to build from`);
    }
    if (one.isDirectory()) {
      await collect(folder, name, into, read, skip);
    } else if (one.isFile() || one.isSymbolicLink()) {
      const entry = await unlessGone(read(name));
      if (entry) into.push(entry);
    }
  }
}

/** undefined for what was deleted since its folder was listed, as editors do with their own files. */
async function unlessGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Windows knows no modes: a script would not be executable in the image. Every file is, as with
 * `docker build` there (https://github.com/moby/moby/issues/11047).
 */
async function entryOf(folder: string, name: string, platform: NodeJS.Platform): Promise<Entry> {
  const file = path.join(folder, name);
  const found = await lstat(file);
  const onWindows = platform === 'win32';
  const leadsTo = found.isSymbolicLink() ? await readlink(file) : undefined;
  const linkname = onWindows ? leadsTo?.replaceAll('\\', '/') : leadsTo;
  const size = linkname === undefined ? found.size : 0;
  return { name, file, mode: onWindows ? 0o755 : found.mode & 0o777, size, linkname };
}

const hashes = new Map<string, { stamp: string; hash: string }>();

/** Read again only when the file has changed. */
async function contentHash(file: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await lstat(file);
  const stamp = [ino, size, mtimeMs, ctimeMs].join(' ');
  const known = hashes.get(file);
  if (known?.stamp === stamp) return known.hash;
  const hash = createHash('sha256');
  await pipeline((await opened(file)).createReadStream(), hash);
  const digest = hash.digest('hex');
  hashes.set(file, { stamp, hash: digest });
  return digest;
}
