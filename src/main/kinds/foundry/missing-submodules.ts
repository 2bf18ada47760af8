import path from 'node:path';
import { isWithin } from '../../lib/path-within.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { LibraryStep } from '../libraries.ts';
import { isVacant } from './is-vacant.ts';
import { LIST_BYTES, MOST_LISTED } from './listed-libraries.ts';

/**
 * Submodules of the project's repository whose folders are empty: those in the project, or all when
 * none of these is. Folders with contents are left alone, because git would follow the `.git` in
 * them.
 */
export function missingSubmodules(
  files: ProjectFiles,
  repository: string | null,
  imports: readonly string[],
  remappings: readonly string[],
): LibraryStep[] {
  if (!repository || files.real(repository) !== repository) return [];
  const listed = files.textIfAny(path.join(repository, '.gitmodules'), LIST_BYTES) ?? '';
  const empty = submodulesIn(listed)
    .slice(0, MOST_LISTED)
    .map((name) => path.join(repository, name))
    .filter((folder) => isWithin(folder, repository) && folder !== repository)
    .filter((folder) => isVacant(files, folder));
  const inProject = empty.filter((folder) => isWithin(folder, files.folder));
  const wanted = inProject.length > 0 ? inProject : empty;
  if (wanted.length === 0) return [];
  const missing = wanted.map((folder) => slashes(path.relative(files.folder, folder)));
  const names = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ', …' : '');
  const places = imports.flatMap((name) => placesOf(name, remappings));
  return [
    {
      tool: 'git',
      program: 'git',
      args: [
        ...['submodule', 'update', '--init', '--recursive', '--checkout', '--progress', '--'],
        ...wanted.map((folder) => slashes(path.relative(repository, folder))),
      ],
      folder: repository,
      missing,
      why: `.gitmodules lists ${names}, whose ${missing.length === 1 ? 'folder is' : 'folders are'} empty.`,
      fits: missing.some((name) =>
        places.some((place) => isWithin(place, name) || place.startsWith(`${basename(name)}/`)),
      ),
    },
  ];
}

/** Paths in a `.gitmodules`. Source: gitmodules(5), git-config(1). */
function submodulesIn(text: string): string[] {
  let inSubmodule = false;
  return text.split(/\r?\n/).flatMap((line) => {
    if (/^\s*\[/.test(line)) inSubmodule = /^\s*\[submodule\s/i.test(line);
    const value = inSubmodule ? /^\s*path\s*=(.*)$/i.exec(line)?.[1]?.trim() : undefined;
    const name = value?.replace(/^"(.*)"$/, '$1');
    return name ? [name] : [];
  });
}

/** Where an import may lead, relative to the project: as written, and through a remapping. */
function placesOf(imported: string, remappings: readonly string[]): string[] {
  const mapped = remappings.flatMap((one) => {
    const [, prefix = '', target = ''] = /^(?:[^=:]*:)?([^=]+)=(.*)$/.exec(one) ?? [];
    return prefix && imported.startsWith(prefix) ? [target + imported.slice(prefix.length)] : [];
  });
  return [imported, ...mapped];
}

const basename = (name: string): string => path.posix.basename(name);
const slashes = (name: string): string => name.split(path.sep).join('/');
