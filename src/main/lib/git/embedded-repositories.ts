import { type Dirent, lstatSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { GitError, git } from './git.ts';
import { configPairs } from './git-view.ts';

/** The most folders that are examined; a repository has few submodules. */
const MOST = 5000;

/** What git itself writes to the configuration of a submodule, none of which names a program. */
const usual =
  /^(core\.(repositoryformatversion|filemode|bare|logallrefupdates|worktree|ignorecase|precomposeunicode|symlinks|longpaths|sparsecheckout|sparsecheckoutcone)|extensions\.(objectformat|partialclone)|remote\..+\.(url|pushurl|fetch|promisor|partialclonefilter|tagopt|prune)|branch\..+\.(remote|merge|rebase)|submodule\.(.+\.)?(url|active|branch)|user\.(name|email))$/s;

/**
 * Verifies that git may safely use the submodule repositories that a repository's git folder still
 * holds: each has a configuration of its own, which git would follow. Rejects with GitError when
 * one contains more than git writes there.
 */
export async function checkEmbeddedRepositories(
  gitDir: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const kept of await repositoriesIn(path.join(gitDir, 'modules'))) {
    const config = path.join(kept, 'config');
    const listed = lstatSync(config, { throwIfNoEntry: false })?.isFile()
      ? await git(['config', '--list', '-z', '--file', config], { cwd: kept, signal })
      : undefined;
    const unusual = configPairs(listed ?? '').find(([key]) => !usual.test(key))?.[0];
    if (listed !== undefined && unusual === undefined) continue;
    const why =
      listed === undefined ? 'is not a file' : `sets ${unusual}, which may lead to a program`;
    throw new GitError(
      `${config}, of a submodule that was here before, ${why}. Correct it, or run "git submodule update --init" in a terminal.`,
      null,
      '',
    );
  }
}

async function repositoriesIn(modules: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [modules];
  let looked = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await entriesOf(folder);
    looked += entries.length + 1;
    if (looked > MOST)
      throw new GitError(`${modules} holds too much to be looked through`, null, '');
    if (entries.some(({ name }) => name === 'HEAD')) {
      found.push(folder);
      waiting.push(path.join(folder, 'modules'));
    } else {
      // Also through links, because git follows them.
      for (const one of entries) if (!one.isFile()) waiting.push(path.join(folder, one.name));
    }
  }
  return found;
}

/** None when it is not a folder. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const opened = await opendir(folder).catch(() => undefined);
  const entries: Dirent[] = [];
  if (!opened) return entries;
  for await (const entry of opened) if (entries.push(entry) > MOST) break;
  return entries;
}
