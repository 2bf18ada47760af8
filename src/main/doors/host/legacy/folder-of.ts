import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../shared/errors.ts';

/** The folder that a `path_url` names. Throws BAD_INPUT for whatever isn't on this machine. */
export function folderOf(pathUrl: string): string {
  if (path.isAbsolute(pathUrl)) return pathUrl;
  if (/^file:\/\//i.test(pathUrl)) {
    try {
      return fileURLToPath(pathUrl);
    } catch {
      throw wrong('is no address of a folder on this machine. Write it as file:///home/you/vault');
    }
  }
  if (/^([a-z][a-z0-9+.-]*:\/\/|[^/\s]+@[^/\s]+:)/i.test(pathUrl)) {
    throw wrong('names something on another machine. Clone the repository, then give its folder');
  }
  throw wrong("must be absolute: the host has a working folder of its own. Give the folder's path");
}

const wrong = (what: string): AppError =>
  new AppError('BAD_INPUT', `path_url ${what}.`, { field: 'path_url' });
