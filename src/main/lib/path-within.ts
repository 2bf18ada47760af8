import { realpath } from 'node:fs/promises';
import path from 'node:path';

/**
 * The real path of `file`, relative to `folder`; undefined when that leaves the folder, through
 * `..` or a link. Rejects with ENOENT when it doesn't exist.
 */
export async function realPathWithin(folder: string, file: string): Promise<string | undefined> {
  const [root, real] = await Promise.all([realpath(folder), realpath(path.resolve(folder, file))]);
  const relative = path.relative(root, real);
  const outside = relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  return outside ? undefined : real;
}

/** Whether `file` is `folder` or lies in it, by their names only. */
export const isWithin = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
