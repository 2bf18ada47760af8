import { gitView } from '../../lib/git/git-view.ts';
import { headOf, type Repository, repositoryAt } from '../../lib/git/repository.ts';
import type { GitState } from './contract.ts';

/**
 * Branch, commit and, of a trusted folder, the number of changed files. null when `root` is not in
 * a repository; `root` is the folder that holds its `.git`. Of an untrusted folder only a few small
 * files are read. Source: git-status(1), porcelain format v2.
 */
export async function gitState(
  folder: string,
  { root, trusted }: { root: string | null; trusted: boolean },
): Promise<GitState | null> {
  const repository = root === null ? undefined : await repositoryAt(root);
  const head = repository && (await headOf(repository));
  if (!repository || !head) return null;
  const dirty = trusted ? await changedFiles(folder, repository, head.commit) : null;
  return { ...head, dirty };
}

async function changedFiles(folder: string, repository: Repository, commit: string | null) {
  const args = ['status', '--porcelain=v2', '-z', '--ignore-submodules=dirty', '--', folder];
  try {
    await using view = await gitView(repository, commit);
    return countOf(await view.git(args));
  } catch {
    return null;
  }
}

/** A renamed file has its old name in an entry of its own. */
function countOf(status: string): number {
  const entries = status.split('\0');
  let count = 0;
  for (let n = 0; n < entries.length; n++) {
    const entry = entries[n] ?? '';
    if (entry.startsWith('2 ')) n++;
    if (entry !== '') count++;
  }
  return count;
}
