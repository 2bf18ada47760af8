import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

/** The permissions of other users of this machine. */
const OTHERS = 0o077;

/**
 * Makes Node keep compiled code in the data folder, for the next process that loads the same build.
 * The kept code is executed: a folder that other users can write to is not used, nor is a data
 * folder that doesn't exist yet. Call before the code is loaded; never throws.
 *
 * @param entry file of the running build: what was kept of another build is removed
 */
export function keepCompiledCode(home: string, entry: string): void {
  if (!module.enableCompileCache) return;
  const umask = process.umask(OTHERS);
  try {
    if (!statSync(home).isDirectory()) return;
    const all = path.join(home, '.code-cache');
    const own = path.join(all, `${Math.round(statSync(entry).mtimeMs)}`);
    if (!isPrivate(all)) return;
    if (!readdirSync(all).includes(path.basename(own))) {
      for (const name of readdirSync(all)) {
        rmSync(path.join(all, name), { recursive: true, force: true });
      }
    }
    if (isPrivate(own)) module.enableCompileCache(own);
  } catch {
    // Without the cache, everything takes a little longer.
  } finally {
    process.umask(umask);
  }
}

/** Creates the folder when it doesn't exist. */
function isPrivate(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) return false;
  return process.getuid === undefined || (stat.uid === process.getuid() && !(stat.mode & OTHERS));
}
