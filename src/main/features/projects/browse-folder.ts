import type { Dirent } from 'node:fs';
import { access, opendir, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expandPath } from '../../lib/expand-path.ts';
import { isWithin } from '../../lib/path-within.ts';
import { AppError } from '../../shared/errors.ts';
import type { FolderView } from './contract.ts';

export interface BrowseInput {
  path?: string | undefined;
  anywhere: boolean;
}

const MOST_FOLDERS = 1000;

/**
 * The folders in one. Links in it are told and not looked at: where they lead is not read.
 *
 * @param markers file names that each mark a folder as a project
 */
export async function browseFolder(
  { path: asked, anywhere }: BrowseInput,
  markers: readonly string[],
  userHome: string = os.homedir(),
): Promise<FolderView> {
  const home = await realpath(userHome);
  const folder = await realFolder(asked === undefined ? home : expandPath(asked));
  if (!anywhere && !isWithin(folder, home)) throw outsideHome(folder);
  const entries = await foldersIn(folder);
  const shown = entries.slice(0, MOST_FOLDERS);
  const above = path.dirname(folder);
  return {
    path: folder,
    home,
    parent: above !== folder && (anywhere || isWithin(above, home)) ? above : null,
    folders: await Promise.all(
      shown.map(async (entry) => {
        const inner = path.join(folder, entry.name);
        const isLink = entry.isSymbolicLink();
        const isProject = !isLink && (await hasOneOf(inner, markers));
        return { name: entry.name, path: inner, isLink, isProject };
      }),
    ),
    isWhole: shown.length === entries.length,
  };
}

async function realFolder(typed: string): Promise<string> {
  try {
    return await realpath(typed);
  } catch {
    throw notFound(typed);
  }
}

async function foldersIn(folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      const isFolder = entry.isDirectory() || entry.isSymbolicLink();
      if (isFolder && !entry.name.startsWith('.')) entries.push(entry);
    }
  } catch {
    throw notFound(folder);
  }
  const byName = new Intl.Collator(undefined, { numeric: true });
  return entries.sort((a, b) => byName.compare(a.name, b.name));
}

async function hasOneOf(folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const isThere = await access(path.join(folder, name)).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

const notFound = (folder: string): AppError =>
  new AppError('FOLDER_NOT_FOUND', `${folder} is no folder that can be read.`, { field: 'path' });

const outsideHome = (folder: string): AppError =>
  new AppError('OUTSIDE_HOME', `${folder} lies outside of your home folder.`, { field: 'path' });
