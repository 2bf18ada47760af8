import { realpath } from 'node:fs/promises';
import path from 'node:path';

/**
 * The real path of `file`, relative to `folder`; undefined when that leaves the folder, through
 * `..` or a link. Rejects with ENOENT when it doesn't exist.
 */
export async function realPathWithin(folder: string, file: string): Promise<string | undefined> {
  const [root, real] = await Promise.all([realpath(folder), realpath(path.resolve(folder, file))]);
  return isWithin(real, root) ? real : undefined;
}

/**
 * Whether `file` is `folder` or lies in it, by their names only; both absolute. On Windows letters
 * that differ in their case are the same, and a share (`\\server\share`) is a drive of its own.
 *
 * @param system the rules of another system than this one
 */
export function isWithin(file: string, folder: string, system: path.PlatformPath = path): boolean {
  const relative = system.relative(folder, file);
  return relative.split(system.sep)[0] !== '..' && !system.isAbsolute(relative);
}
