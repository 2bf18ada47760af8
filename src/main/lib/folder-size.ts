import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Bytes of all files below a folder, or of a file; 0 when it doesn't exist. Links count as links.
 */
export async function folderSize(folder: string): Promise<number> {
  const stat = await lstat(folder).catch(() => undefined);
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.size;
  const names = await readdir(folder).catch(() => []);
  let bytes = 0;
  for (const name of names) bytes += await folderSize(path.join(folder, name));
  return bytes;
}
