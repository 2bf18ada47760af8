import { checkEmbeddedRepositories } from './embedded-repositories.ts';
import { GitError, type GitOptions, git } from './git.ts';
import { configPairs } from './git-view.ts';
import { repositoryAt } from './repository.ts';

type Setting = readonly [key: string, value: string];

/**
 * Options with which git writes to a repository: the one whose `.git` is in exactly that folder,
 * with that folder as its working tree, whatever its configuration says, and without any program
 * that it names. Rejects with GitError.
 */
export async function writeOptions(
  folder: string,
  signal?: AbortSignal,
): Promise<Pick<GitOptions, 'cwd' | 'config'> & { env: Record<string, string> }> {
  const repository = await repositoryAt(folder);
  if (!repository) throw new GitError(`There is no repository in ${folder}`, null, '');
  await checkEmbeddedRepositories(repository.gitDir, signal);
  return {
    cwd: repository.root,
    config: await withoutPrograms(repository.root, signal),
    env: { GIT_DIR: repository.gitDir, GIT_WORK_TREE: repository.root },
  };
}

/**
 * For git in a repository itself: settings that override the repository's own, and remove every
 * program that it names. Keys that no setting can remove are overridden by variables and options of
 * the call. Runs none of them. Rejects with GitError.
 */
async function withoutPrograms(root: string, signal?: AbortSignal): Promise<Setting[]> {
  const listed = await git(['config', '--list', '--includes', '-z'], { cwd: root, signal });
  const keys = [...new Set(configPairs(listed).map(([key]) => key))];
  const settings: Setting[] = [];
  for (const key of keys) {
    if (/^filter\..+\.(clean|smudge|process)$/.test(key)) settings.push([key, '']);
    else if (/^filter\..+\.required$/.test(key)) settings.push([key, 'false']);
    else if (/^remote\..+\.uploadpack$/.test(key)) settings.push([key, 'git-upload-pack']);
    else if (/^credential\.(.+\.)?helper$/.test(key)) {
      settings.push([key, ''], ...(await usersOwn(key, signal)));
    }
  }
  return settings;
}

/** The user's settings outside of any repository; an empty value removes a setting there. */
async function usersOwn(key: string, signal?: AbortSignal): Promise<Setting[]> {
  const found: Setting[] = [];
  for (const place of ['--system', '--global']) {
    const listed = await git(['config', place, '--list', '--includes', '-z'], {
      cwd: process.cwd(),
      ownConfig: true,
      signal,
    }).catch(() => '');
    found.push(...configPairs(listed).filter(([name]) => name === key));
  }
  return found;
}
