import { lstatSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';
import { projectFiles } from '../../lib/project-files.ts';
import { containerPath } from './container-path.ts';

/** The number of nested repositories that are examined. */
const MOST = 200;

/**
 * Mounts that prevent a container from writing what git on this machine reads: the `.git` of a
 * repository, a folder or the file of a linked worktree, and those of its submodules, as far as
 * they exist. What runs in a container can still read them.
 */
export function gitMounts(root: string): Docker.MountConfig {
  const files = projectFiles(root);
  const repositories = [root];
  // The list grows during the iteration.
  for (const one of repositories) {
    const modules = files.textIfAny(path.join(one, '.gitmodules')) ?? '';
    for (const [, name = ''] of modules.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S[^\n]*)$/gm)) {
      const inner = path.join(one, name.trim());
      // Through a link, another folder would be mounted.
      const isThere = files.real(inner) === path.join(files.boundary, path.relative(root, inner));
      if (isThere && repositories.length < MOST) repositories.push(inner);
    }
  }
  return [...new Set(repositories)]
    .map((folder) => path.join(folder, '.git'))
    .filter(isFolderOrFile)
    .map((Source) => ({ Type: 'bind', Source, Target: containerPath(Source), ReadOnly: true }));
}

/** The entry itself, not a link's target. */
function isFolderOrFile(file: string): boolean {
  try {
    const is = lstatSync(file);
    return is.isDirectory() || is.isFile();
  } catch {
    return false;
  }
}
