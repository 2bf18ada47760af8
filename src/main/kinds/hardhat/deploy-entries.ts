import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Entry } from '../../shared/kind.ts';
import { codeBelow } from './code-below.ts';
import { tagsIn } from './deploy-tags.ts';
import { manifestIn, manifestProblem } from './manifest.ts';
import type { ReadSource } from './source-reader.ts';

/**
 * What hardhat-deploy deploys, as one entry: all of its scripts, or those of one tag. None in a
 * project that doesn't list it, as others have such a folder too; where that can't be read, nothing
 * else is taken in its place.
 */
export function deployEntries(
  files: ProjectFiles,
  folders: readonly string[],
  read: (file: string) => ReadSource,
): Entry[] {
  const isListed = lists(files, 'hardhat-deploy');
  const problem = isListed ? undefined : manifestProblem(files, foldersUp(files));
  if (!isListed && problem === undefined) return [];
  const scripts = folders.flatMap((folder) => codeBelow(files, folder));
  if (scripts.length === 0) return [];
  const all = { value: 'deploy', label: 'deploy', group: 'hardhat-deploy', isDefault: true };
  if (problem !== undefined) return [{ ...all, calls: [], problem }];
  const sources = scripts.map(read);
  const tags = new Set(sources.flatMap((one) => ('tokens' in one ? tagsIn(one.tokens) : [])));
  const unread = sources.map((one) => ('tokens' in one ? one.unread : one.problem)).find(Boolean);
  const sorted = [...tags].sort();
  const tagged = sorted.map((tag) => ({
    value: `deploy --tags ${tag}`,
    label: tag,
    isDefault: false,
    parameters: [],
  }));
  return [
    {
      ...all,
      calls: [{ value: 'deploy', label: 'all', isDefault: true, parameters: [] }, ...tagged],
      ...((sorted.length > 0 || unread !== undefined) && { asks: { tags: sorted } }),
      ...(unread !== undefined && { note: `${unread} There may be more tags.` }),
    },
  ];
}

const lists = (files: ProjectFiles, name: string): boolean =>
  foldersUp(files).some((folder) => Object.hasOwn(manifestIn(files, folder)?.packages ?? {}, name));
