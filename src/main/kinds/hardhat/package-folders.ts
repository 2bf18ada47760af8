import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import { manifestIn } from './manifest.ts';
import { packageInstall } from './package-manager.ts';

/** The most packages of a monorepo that are looked at. */
const MOST = 200;
/** How many levels `**` stands for, at most. */
const DEEPEST = 3;

/**
 * The folders `node_modules` of a project: its own, and in a monorepo that of the root and those of
 * all packages that it names. They need not be there. Throws NOT_A_PROJECT for one that is a link.
 */
export function packageFolders(files: ProjectFiles): string[] {
  const root = packageInstall(files).folder;
  const owners = [root, files.folder, ...packagesOf(files, root)];
  const folders = [...new Set(owners)].map((owner) => path.join(owner, 'node_modules'));
  const link = folders.find((folder) => files.stat(folder) && files.real(folder) !== folder);
  if (link === undefined) return folders;
  throw new AppError(
    'NOT_A_PROJECT',
    `${link} is a link, and a container of another platform needs packages of its own there. Replace it by a folder, or run the project without Docker.`,
  );
}

/** The folders of a monorepo's packages, as its package.json or pnpm-workspace.yaml names them. */
function packagesOf(files: ProjectFiles, root: string): string[] {
  const patterns = [...(manifestIn(files, root)?.workspaces ?? []), ...pnpmPackages(files, root)];
  const found = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => matching(files, root, pattern));
  return found
    .filter((folder) => files.stat(path.join(folder, 'package.json')) && isItself(files, folder))
    .slice(0, MOST);
}

/** https://pnpm.io/pnpm-workspace_yaml: a list of patterns, one on each line. */
function pnpmPackages(files: ProjectFiles, root: string): string[] {
  const text = files.textIfAny(path.join(root, 'pnpm-workspace.yaml')) ?? '';
  const [, list = ''] = /^packages:[ \t]*\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*)/m.exec(text) ?? [];
  return list.split('\n').flatMap((line) => {
    const [, pattern] = /^\s*-\s*["']?([^"'#\s]+)/.exec(line) ?? [];
    return pattern === undefined ? [] : [pattern];
  });
}

function matching(files: ProjectFiles, root: string, pattern: string): string[] {
  let level = [root];
  for (const name of pattern.split('/').filter((one) => one !== '' && one !== '.')) {
    level = level.flatMap((folder) => step(files, folder, name)).slice(0, MOST);
  }
  return level;
}

function step(files: ProjectFiles, folder: string, name: string): string[] {
  if (name === '..') return [];
  if (name === '**') return deeper(files, folder, DEEPEST);
  if (!name.includes('*')) return [path.join(folder, name)];
  const [first = '', ...rest] = name.split('*');
  return foldersIn(files, folder).filter((one) => matches(path.basename(one), first, rest));
}

/** In one pass, whatever stands in the pattern. */
function matches(name: string, first: string, rest: readonly string[]): boolean {
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest.slice(0, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = rest.at(-1) ?? '';
  return name.length - last.length >= at && name.endsWith(last);
}

function deeper(files: ProjectFiles, folder: string, levels: number): string[] {
  if (levels === 0) return [folder];
  const below = foldersIn(files, folder).flatMap((one) => deeper(files, one, levels - 1));
  return [folder, ...below].slice(0, MOST);
}

const foldersIn = (files: ProjectFiles, folder: string): string[] =>
  files
    .entries(folder, 1000)
    .filter((one) => one.isDirectory() && !/^(\.|node_modules$)/.test(one.name))
    .map(({ name }) => path.join(folder, name))
    .sort();

/** Through a link, another folder would be meant. */
const isItself = (files: ProjectFiles, folder: string): boolean => files.real(folder) === folder;
