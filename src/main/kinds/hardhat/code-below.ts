import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_FILES = 500;

/**
 * The JavaScript and TypeScript files below a folder of the project that are neither types nor
 * tests, sorted, relative to the project with forward slashes. At most 500.
 */
export function codeBelow(files: ProjectFiles, folder: string): string[] {
  const found: string[] = [];
  const enter = (name: string) => name !== 'node_modules' && !name.startsWith('.');
  for (const file of files.below(folder, enter)) {
    if (!isCode(path.basename(file))) continue;
    found.push(path.relative(files.folder, file).split(path.sep).join('/'));
    if (found.length >= MOST_FILES) break;
  }
  return found.sort();
}

/** Whether Node can run a file of that name, as it is or with its types left out. */
export const isCode = (name: string): boolean =>
  /\.[cm]?[jt]s$/.test(name) && !/\.(d|test|spec)\.[cm]?[jt]s$/.test(name);
