import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  opendirSync,
  openSync,
  read,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { isWithin } from './path-within.ts';

/** The most bytes of a file that is read for its text: configuration, sources, lists. */
export const SMALL_FILE = 2_000_000;
const MOST_ENTRIES = 10_000;
const MOST_BELOW = 50_000;
const MOST_FOLDERS = 5000;
const DEEPEST = 50;

export type Refusal = 'missing' | 'not-a-file' | 'outside' | 'too-big' | 'unreadable';

/** A file of a project that isn't read. Its message is a sentence without its full stop. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly file: string;
  readonly refusal: Refusal;

  constructor(file: string, refusal: Refusal, why: string) {
    super(`${file} ${why}`);
    this.file = file;
    this.refusal = refusal;
  }
}

/**
 * Reads a project's files without trusting them: only regular files of bounded size whose real path
 * is within the project's boundary. Nothing in the folder, such as a named pipe, a device or a link
 * to one, blocks a call. Paths are absolute, or relative to the folder.
 */
export interface ProjectFiles {
  readonly folder: string;
  /** The real path of the repository's root, or of the folder itself outside of a repository. */
  readonly boundary: string;
  /** Throws RefusedFile. `most` is in bytes. */
  text(file: string, most?: number): string;
  /** undefined for everything that `text` refuses. */
  textIfAny(file: string, most?: number): string | undefined;
  /** Reads asynchronously; rejects with RefusedFile. */
  bytes(file: string, most?: number): Promise<Buffer>;
  /** The entry at a path, following links; undefined for none. Reads no content. */
  stat(file: string): Stats | undefined;
  /** The real path of a file or folder within the boundary; undefined for any other. */
  real(file: string): string | undefined;
  /** At most 10,000 entries of a folder, or `most`, unsorted; none when it can't be read. */
  entries(folder: string, most?: number): Dirent[];
  /**
   * The files below a folder, also through links, as absolute paths. Enters each real folder once,
   * none whose name `enter` refuses, and stops at 5,000 folders, 50 levels or 50,000 entries.
   */
  below(folder: string, enter: (name: string) => boolean): Generator<string>;
}

/** For a folder that nothing is known about. */
export const projectFiles = (folder: string): ProjectFiles => filesOf(folder);

/** For a folder whose code is about to run: its tools follow links anywhere, and so does this. */
export const filesToRun = (folder: string): ProjectFiles => filesOf(folder, { linksOut: true });

/** @param options.looked called with each path that a result depends on, before it is read */
export function filesOf(
  folder: string,
  options: { linksOut?: boolean; looked?: (file: string) => void } = {},
): ProjectFiles {
  const { linksOut = false, looked } = options;
  let known: string | undefined;
  const boundary = () => (known ??= boundaryOf(folder));
  const within = (real: string) => linksOut || isWithin(real, boundary());
  const full = (file: string) => {
    const resolved = path.resolve(folder, file);
    looked?.(resolved);
    return resolved;
  };

  /** The caller closes the descriptor. */
  function open(file: string, most: number): { fd: number; size: number } {
    // Opening a device may have effects, so the type is checked first.
    mustBeRegular(
      file,
      attempt(file, () => statSync(file)),
    );
    const fd = attempt(file, () =>
      openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)),
    );
    try {
      const { size } = mustBeRegular(file, fstatSync(fd));
      const real = realPathOf(fd, file);
      if (!within(real)) throw leadsOut(file, real, boundary());
      if (size > most) throw tooBig(file, most);
      return { fd, size };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  function text(name: string, most = SMALL_FILE): string {
    const file = full(name);
    const { fd, size } = open(file, most);
    try {
      const content = Buffer.allocUnsafe(size);
      let at = 0;
      // What is appended meanwhile is left out.
      for (let got = -1; got !== 0 && at < size; at += got) {
        got = attempt(file, () => readSync(fd, content, at, size - at, at));
      }
      return content.toString('utf8', 0, at);
    } finally {
      closeSync(fd);
    }
  }

  function stat(file: string): Stats | undefined {
    try {
      return statSync(full(file), { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  }

  function real(file: string): string | undefined {
    try {
      const found = realpathSync.native(full(file));
      return within(found) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  function entries(name: string, most = MOST_ENTRIES): Dirent[] {
    const found = real(name);
    try {
      return found === undefined ? [] : entriesOf(found, most);
    } catch {
      return [];
    }
  }

  function* below(start: string, enter: (name: string) => boolean): Generator<string> {
    const entered = new Set<string>();
    const waiting = [{ at: full(start), depth: 0 }];
    let seen = 0;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { at, depth } = next;
      const found = real(at);
      if (found === undefined || entered.has(found)) continue;
      if (entered.size >= MOST_FOLDERS) return;
      entered.add(found);
      for (const entry of entries(at)) {
        seen += 1;
        if (seen > MOST_BELOW) return;
        const file = path.join(at, entry.name);
        const kind = entry.isSymbolicLink() ? stat(file) : entry;
        if (kind?.isFile()) yield file;
        else if (kind?.isDirectory() && depth < DEEPEST && enter(entry.name)) {
          waiting.push({ at: file, depth: depth + 1 });
        }
      }
    }
  }

  return {
    folder,
    get boundary() {
      return boundary();
    },
    text,
    textIfAny(file, most) {
      try {
        return text(file, most);
      } catch (error) {
        if (error instanceof RefusedFile) return undefined;
        throw error;
      }
    },
    async bytes(name, most = SMALL_FILE) {
      const file = full(name);
      const { fd, size } = open(file, most);
      try {
        const content = Buffer.allocUnsafe(size);
        let at = 0;
        for (let got = -1; got !== 0 && at < size; at += got) {
          got = (await readAside(fd, content, at, size - at, at)).bytesRead;
        }
        return content.subarray(0, at);
      } catch (error) {
        throw refused(file, error);
      } finally {
        closeSync(fd);
      }
    },
    stat,
    real,
    entries,
    below,
  };
}

const readAside = promisify(read);

function entriesOf(folder: string, most: number): Dirent[] {
  const found: Dirent[] = [];
  const opened = opendirSync(folder, { bufferSize: 256 });
  try {
    while (found.length < most) {
      const one = opened.readSync();
      if (!one) break;
      found.push(one);
    }
    return found;
  } finally {
    opened.closeSync();
  }
}

/**
 * The root of the repository that contains a folder, since packages of a monorepo share what is
 * installed there; otherwise the folder. A home folder that is a repository is not used.
 */
function boundaryOf(folder: string): string {
  const real = realpathSync.native(folder);
  const home = os.homedir();
  for (let one = real; ; one = path.dirname(one)) {
    if (isWithin(home, one)) return real;
    if (existsSync(path.join(one, '.git'))) return one;
    if (path.dirname(one) === one) return real;
  }
}

/** On Linux the path of the opened file itself, wherever its original path leads by now. */
const realPathOf = (fd: number, file: string): string =>
  process.platform === 'linux'
    ? readlinkSync(`/proc/self/fd/${fd}`)
    : attempt(file, () => realpathSync.native(file));

function mustBeRegular(file: string, stats: Stats): Stats {
  if (stats.isFile()) return stats;
  throw new RefusedFile(file, 'not-a-file', `is ${kindOf(stats)}, not a regular file`);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

const leadsOut = (file: string, real: string, boundary: string) =>
  new RefusedFile(file, 'outside', `leads out of ${boundary}, to ${real}`);

const tooBig = (file: string, most: number) =>
  new RefusedFile(file, 'too-big', `is larger than ${sizeText(most)}`);

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${Math.round(bytes / 1_000_000)} MB`;

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw refused(file, error);
  }
}

function refused(file: string, error: unknown): RefusedFile {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new RefusedFile(file, 'missing', 'does not exist');
    case 'EACCES':
    case 'EPERM':
      return new RefusedFile(file, 'unreadable', 'may not be read by this user');
    case 'ELOOP':
      return new RefusedFile(file, 'unreadable', 'is a link that leads to itself');
    case 'ENXIO':
      return new RefusedFile(file, 'not-a-file', 'is a socket or a device, not a regular file');
    default:
      return new RefusedFile(file, 'unreadable', `can't be read (${code ?? String(error)})`);
  }
}
