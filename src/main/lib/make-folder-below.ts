import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** What only its user may enter. */
const PRIVATE = 0o700;

/**
 * Makes a folder and those between, but never the one that all lie in: a data folder that was moved
 * away meanwhile must not be made again in its place. Rejects with ENOENT where that one is missing.
 *
 * @param base the folder that must be there
 * @param folder below it
 */
export async function makeFolderBelow(base: string, folder: string): Promise<void> {
  let at = base;
  for (const name of path.relative(base, folder).split(path.sep)) {
    at = path.join(at, name);
    await mkdir(at, { mode: PRIVATE }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
