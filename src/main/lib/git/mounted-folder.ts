import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isWithin } from '../path-within.ts';

/**
 * The folder that a workspace sees: the project's repository, because imports often lead to
 * packages further up; never the user's whole home.
 */
export function mountedFolder(project: string, home = os.homedir()): string {
  for (let folder = project; ; folder = path.dirname(folder)) {
    const isWhole = folder === path.parse(folder).root || isWithin(home, folder);
    if (isWhole) return project;
    if (existsSync(path.join(folder, '.git'))) return folder;
  }
}
