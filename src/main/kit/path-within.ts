import { realpath } from 'node:fs/promises';
import path from 'node:path';

/**
 * Where `file`, relative to `folder`, really is; undefined when that isn't within the folder, be it
 * by `..` or by a link. Rejects with ENOENT when it doesn't exist.
 */
export async function realPathWithin(folder: string, file: string): Promise<string | undefined> {
  const [root, real] = await Promise.all([realpath(folder), realpath(path.resolve(folder, file))]);
  const relative = path.relative(root, real);
  const outside = relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  return outside ? undefined : real;
}
