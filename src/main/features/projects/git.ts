import { gitView } from '../../lib/git/git-view.ts';
import { remoteHeads } from '../../lib/git/remote-heads.ts';
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

/**
 * Whether another repository is known to have a commit, as the last fetch or push has left it; null:
 * it can't be told. Only for trusted folders.
 *
 * @param root the folder that holds its `.git`
 */
export async function isPushed(root: string, commit: string): Promise<boolean | null> {
  const repository = await repositoryAt(root);
  if (!repository) return null;
  const heads = await remoteHeads(repository);
  if (heads.includes(commit)) return true;
  try {
    await using view = await gitView(repository, commit);
    const args = ['rev-list', '--max-count=1', '--ignore-missing', commit, '--not', ...heads];
    return (await view.git(args)).trim() === '';
  } catch {
    return null;
  }
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
