import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const MOST_FILES = 2000;
const MOST_FOLDERS = 5000;

/**
 * Every `*.s.sol` below a folder, sorted, relative to `root` with forward slashes. Follows links,
 * but enters no real folder twice, and stops at 2,000 files or 5,000 folders.
 */
export async function findScriptFiles(root: string, scriptFolder: string): Promise<string[]> {
  const found: string[] = [];
  const entered = new Set<string>();
  const waiting = [path.resolve(root, scriptFolder)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || entered.has(real)) continue;
    if (entered.size >= MOST_FOLDERS || found.length >= MOST_FILES) break;
    entered.add(real);
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const file = path.join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(file).catch(() => undefined) : entry;
      if (kind?.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== '.git') waiting.push(file);
      } else if (kind?.isFile() && entry.name.endsWith('.s.sol')) {
        found.push(path.relative(root, file).split(path.sep).join('/'));
      }
    }
  }
  return found.sort().slice(0, MOST_FILES);
}
