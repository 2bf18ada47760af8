import path from 'node:path';
import { type ProjectFiles, projectFiles } from './project-files.ts';

const DEEPEST = 2;
const MOST_FOUND = 10;
/** The most folders that are read, and the most entries in all of them: reading is synchronous. */
const MOST_LOOKED_AT = 300;
const MOST_ENTRIES = 5000;
/** Folders of build results and installed packages, which hold files of every kind. */
const LEFT_OUT = new Set([
  ...['lib', 'node_modules', 'vendor', 'dependencies'],
  ...['out', 'dist', 'build', 'target', 'cache', 'artifacts', 'broadcast'],
]);

/**
 * The folders one or two levels below that match, the nearest first; absolute, at most ten. Folders
 * inside a match are not examined.
 */
export function foldersBelow(
  folder: string,
  isOne: (files: ProjectFiles, folder: string) => boolean,
): string[] {
  const files = projectFiles(folder);
  const found: string[] = [];
  let looked = 0;
  let left = MOST_ENTRIES;
  let level = [folder];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next: string[] = [];
    for (const parent of level) {
      const entries = files.entries(parent, left);
      left -= entries.length;
      const inner = entries
        .filter((one) => one.isDirectory() && !one.name.startsWith('.') && !LEFT_OUT.has(one.name))
        .map(({ name }) => path.join(parent, name))
        .sort();
      for (const one of inner) {
        looked += 1;
        if (looked > MOST_LOOKED_AT || found.length >= MOST_FOUND) return found;
        if (isOne(files, one)) found.push(one);
        else next.push(one);
      }
    }
    level = next;
  }
  return found;
}
