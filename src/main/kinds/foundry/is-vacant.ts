import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';

/** Whether a folder is missing or empty: not a link, and not reached through one. */
export function isVacant(files: ProjectFiles, folder: string): boolean {
  const full = path.resolve(files.folder, folder);
  if (!files.stat(full)) return true;
  return files.real(full) === full && files.entries(full).length === 0;
}
