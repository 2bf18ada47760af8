import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { gitView } from './git-view.ts';
import { repositoryAt, repositoryRoot } from './repository.ts';

/**
 * The given files that are in the index of the folder's repository, as absolute paths like the
 * input. undefined: unknown, because git is missing or the repository can't be read.
 */
export async function trackedFiles(
  folder: string,
  files: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  if (files.length === 0) return new Set();
  try {
    const real = await realpath(folder);
    const root = repositoryRoot(real);
    if (root === undefined) return new Set();
    const repository = await repositoryAt(root);
    if (!repository) return undefined;
    const byPath = new Map(
      files.map((file) => [path.join(real, path.relative(folder, file)), file]),
    );
    await using view = await gitView(repository, null);
    const args = ['ls-files', '--full-name', '-z', '--', ...byPath.keys()];
    const listed = (await view.git(args)).split('\0').filter(Boolean);
    return new Set(listed.flatMap((name) => byPath.get(path.join(repository.root, name)) ?? []));
  } catch {
    return undefined;
  }
}
