import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { look } from '../../kit/look.ts';

const MOST_FILES = 2000;
const MOST_FOLDERS = 5000;

/**
 * Every `*.s.sol` below a folder, sorted, relative to `root` with forward slashes. Follows links,
 * but enters no real folder twice, and stops at 2,000 files or 5,000 folders.
 */
export function findScriptFiles(root: string, scriptFolder: string): string[] {
  const found: string[] = [];
  const entered = new Set<string>();
  const waiting = [path.resolve(root, scriptFolder)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const { real, entries } = open(folder);
    if (real === undefined || entered.has(real)) continue;
    if (entered.size >= MOST_FOLDERS || found.length >= MOST_FILES) break;
    entered.add(real);
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? look(file) : entry;
      if (kind?.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== '.git') waiting.push(file);
      } else if (kind?.isFile() && entry.name.endsWith('.s.sol')) {
        found.push(path.relative(root, file).split(path.sep).join('/'));
      }
    }
  }
  return found.sort().slice(0, MOST_FILES);
}

function open(folder: string): { real: string | undefined; entries: Dirent[] } {
  try {
    return {
      real: realpathSync(folder),
      entries: readdirSync(folder, { withFileTypes: true }),
    };
  } catch {
    return { real: undefined, entries: [] };
  }
}
