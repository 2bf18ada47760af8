import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_FILES = 2000;

/**
 * Every Solidity file below a folder, those that end in `.s.sol` first, sorted, relative to the
 * project with forward slashes. At most 2,000.
 *
 * @param without folders of the project that aren't entered
 */
export function findScriptFiles(
  files: ProjectFiles,
  folder: string,
  without: string[] = [],
): string[] {
  const leftOut = new Set(['node_modules', '.git', ...without.map((one) => path.basename(one))]);
  const found: string[] = [];
  for (const file of files.below(folder, (name) => !leftOut.has(name))) {
    if (!file.endsWith('.sol')) continue;
    found.push(path.relative(files.folder, file).split(path.sep).join('/'));
    if (found.length >= MOST_FILES) break;
  }
  const isScript = (file: string) => Number(file.endsWith('.s.sol'));
  return found.sort((a, b) => isScript(b) - isScript(a) || (a < b ? -1 : 1));
}
