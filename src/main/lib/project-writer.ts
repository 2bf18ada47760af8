import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { despiteLocks } from './despite-locks.ts';
import { isWithin } from './path-within.ts';
import { projectFiles, RefusedFile } from './project-files.ts';

/** A folder that is held open until it is disposed of. */
export interface HeldFolder extends Disposable {
  /**
   * What is done to a name below this path is done in the held folder, wherever the folder's own name
   * leads by now. Elsewhere than on Linux it is the folder's real path at the time of the call.
   */
  readonly path: string;
}

/**
 * Writes to a project's folder without trusting it: never to a folder outside of the project's
 * boundary, also when its code replaces folders by links meanwhile. Paths are absolute, or relative
 * to the project's folder. When Drydock runs as root, what is made belongs to the owner of the
 * project's folder: the owner's tools and containers must be able to change it.
 */
export interface ProjectWriter {
  /** undefined: it is not there. Throws RefusedFile for one that leads out. */
  hold(folder: string): HeldFolder | undefined;
  /** The same; makes it, and those above it, where they are missing. Throws RefusedFile, or as `fs`. */
  make(folder: string): HeldFolder;
  /** Readers see the old file or the new one. Rejects like `make`. */
  put(file: string, content: string | Uint8Array): Promise<void>;
  /** Makes the owner of the project's folder the owner of a file or folder below a held one. */
  give(file: string): void;
}

export interface ProjectWriterOptions {
  /** The real path that holds all that is written to. Default: that of `projectFiles`. */
  boundary?: string;
  /** The project's tools run with the rights of this process, and follow links anywhere. */
  linksOut?: boolean;
}

export function projectWriter(folder: string, options: ProjectWriterOptions = {}): ProjectWriter {
  const { linksOut = false, boundary = projectFiles(folder).boundary } = options;
  const owner = process.getuid?.() === 0 ? statSync(folder) : undefined;

  function holdAt(at: string): HeldFolder | undefined {
    const held = heldAt(at);
    if (!held || linksOut || isWithin(held.real, boundary)) return held;
    held[Symbol.dispose]();
    throw new RefusedFile(folder, 'outside', `holds a link out of ${boundary}, to ${held.real}`);
  }
  const hold = (name: string) => holdAt(path.resolve(folder, name));

  function give(file: string): void {
    if (owner) chownSync(file, owner.uid, owner.gid);
  }

  /** A folder in a held one; `..` leads to the one above. */
  function step(above: HeldFolder, name: string): HeldFolder {
    // Not joined: the path of a held folder has no parent that its text shows.
    const at = `${above.path}${path.sep}${name}`;
    const isNew = name !== '..' && made(at);
    const held = holdAt(at);
    if (!held) throw new RefusedFile(path.join(folder, name), 'missing', 'is no folder');
    if (isNew) give(held.path);
    return held;
  }

  function make(wanted: string): HeldFolder {
    let at = hold('.');
    if (!at) throw new RefusedFile(folder, 'missing', 'does not exist');
    const names = path.relative(folder, path.resolve(folder, wanted)).split(path.sep);
    for (const name of names.filter((one) => one !== '')) {
      using above: HeldFolder = at;
      at = step(above, name);
    }
    return at;
  }

  return {
    hold,
    make,
    give,
    async put(file, content) {
      using above = make(path.dirname(path.resolve(folder, file)));
      const full = path.join(above.path, path.basename(file));
      const temporary = `${full}.${randomUUID()}`;
      await writeFile(temporary, content, { flag: 'wx' });
      give(temporary);
      await despiteLocks(() => rename(temporary, full));
    },
  };
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** undefined: there is no folder. */
function heldAt(folder: string): (HeldFolder & { real: string }) | undefined {
  try {
    if (process.platform !== 'linux') {
      const real = realpathSync.native(folder);
      const isFolder = (statSync(real) as Stats).isDirectory();
      return isFolder ? { path: real, real, [Symbol.dispose]: () => undefined } : undefined;
    }
    const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    const at = `/proc/self/fd/${fd}`;
    return { path: at, real: readlinkSync(at), [Symbol.dispose]: () => closeSync(fd) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return undefined;
    throw error;
  }
}
