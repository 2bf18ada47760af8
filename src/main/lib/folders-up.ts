import path from 'node:path';
import type { ProjectFiles } from './project-files.ts';

const MOST_LEVELS = 8;

/** A project's folder, and those above it up to its boundary, the nearest first; at most eight. */
export function foldersUp(files: Pick<ProjectFiles, 'folder' | 'boundary'>): string[] {
  const found = [files.folder];
  for (let at = files.folder; at !== files.boundary && path.dirname(at) !== at; ) {
    at = path.dirname(at);
    found.push(at);
  }
  return found.includes(files.boundary) ? found.slice(0, MOST_LEVELS) : [files.folder];
}
