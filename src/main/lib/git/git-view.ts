import { mkdir, mkdtemp, opendir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { despiteLocks } from '../despite-locks.ts';
import { GitError, type GitOptions, git } from './git.ts';
import { type Repository, regularText } from './repository.ts';

/** The largest file of a repository that is read whole, in bytes. */
const CONFIG = 1 << 18;
/** The most entries of its git folder: normally about twenty, and the parts of a split index. */
const MOST_ENTRIES = 1000;

/**
 * The settings of a repository's own configuration that are used, because `status` is wrong without
 * them: none of these names a program or a file.
 */
const OWN = new Set([
  'core.autocrlf',
  'core.eol',
  'core.filemode',
  'core.ignorecase',
  'core.precomposeunicode',
  'core.sparsecheckout',
  'core.sparsecheckoutcone',
  'core.symlinks',
  'core.trustctime',
  'core.checkstat',
]);

/** The settings that are used of the user's own configuration as well. */
const USERS = new Set([...OWN, 'core.excludesfile']);

/** git for reading a repository. */
export interface GitView extends AsyncDisposable {
  /** Arguments start with a verb; paths are absolute. Rejects with GitError. */
  git(args: readonly string[], limits?: GitLimits): Promise<string>;
}

type GitLimits = Pick<GitOptions, 'timeoutMs' | 'maxOutput' | 'signal'>;

/**
 * A view of a repository: its objects, index and files without its configuration, refs, hooks and
 * attributes. git works in a temporary folder in place of the repository's `.git`, so no key in
 * that, known or not, makes it run anything, even one that is written meanwhile. Missing objects
 * are not fetched. Rejects with GitError.
 *
 * @param commit the commit that `HEAD` is set to; null: none yet
 */
export async function gitView(repository: Repository, commit: string | null): Promise<GitView> {
  const view = await mkdtemp(path.join(tmpdir(), 'drydock-git-'));
  const remove = () => despiteLocks(() => rm(view, { recursive: true, force: true }));
  try {
    const { config, sha256 } = await settings(view, repository);
    await layOut(view, repository, commit, sha256);
    const env = {
      GIT_DIR: view,
      GIT_WORK_TREE: repository.root,
      GIT_INDEX_FILE: path.join(repository.gitDir, 'index'),
      GIT_OBJECT_DIRECTORY: path.join(repository.commonDir, 'objects'),
      GIT_ATTR_NOSYSTEM: '1',
    };
    return {
      git: (args, limits) => git(args, { ...limits, cwd: view, config, env }),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The settings of the repository and its user that are used. */
async function settings(view: string, { gitDir, commonDir }: Repository) {
  const files = [path.join(commonDir, 'config'), path.join(gitDir, 'config.worktree')];
  const texts = await Promise.all(files.map((file) => regularText(file, CONFIG)));
  const copy = path.join(view, 'configured');
  await writeFile(copy, texts.filter((text) => text !== undefined).join('\n'));
  const list = ['config', '--list', '-z'];
  const [own, users] = await Promise.all([
    git([...list, '--file', copy], { cwd: view }),
    git([...list, '--includes'], { cwd: view, ownConfig: true }),
  ]);
  const found = configPairs(own);
  return {
    sha256: found.some(([key, value]) => key === 'extensions.objectformat' && value === 'sha256'),
    // Each once, with its last value, as git reads them.
    config: [
      ...new Map([
        ...configPairs(users).filter(([key]) => USERS.has(key)),
        ...found.filter(([key]) => OWN.has(key)),
      ]),
    ],
  };
}

/** Parses `git config --list -z`. A key without a value means true. */
export function configPairs(text: string): [key: string, value: string][] {
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    });
}

async function layOut(
  view: string,
  { gitDir, commonDir }: Repository,
  commit: string | null,
  sha256: boolean,
): Promise<void> {
  const alternates = await stat(path.join(commonDir, 'objects', 'info', 'alternates')).catch(
    () => undefined,
  );
  if (alternates && !alternates.isFile()) throw new GitError('objects/info/alternates', null, '');
  const format = sha256 ? '[extensions]\nobjectformat = sha256\n' : '';
  await Promise.all([
    writeFile(path.join(view, 'HEAD'), `${commit ?? 'ref: refs/heads/none'}\n`),
    writeFile(
      path.join(view, 'config'),
      `[core]\nrepositoryformatversion = 1\nbare = false\n${format}`,
    ),
    mkdir(path.join(view, 'refs')),
    mkdir(path.join(view, 'info')),
  ]);
  const copy = async (from: string, name: string) => {
    const text = await regularText(path.join(from, name), CONFIG);
    if (text !== undefined) await writeFile(path.join(view, name), text);
  };
  await Promise.all([
    copy(commonDir, 'shallow'),
    copy(commonDir, 'info/exclude'),
    copy(gitDir, 'info/sparse-checkout'),
    ...(await sharedIndexes(gitDir)).map((name) =>
      symlink(path.join(gitDir, name), path.join(view, name)),
    ),
  ]);
}

async function sharedIndexes(gitDir: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of await opendir(gitDir)) {
    names.push(name);
    if (names.length > MOST_ENTRIES) throw new GitError(`${gitDir} holds too much`, null, '');
  }
  return names.filter((name) => name.startsWith('sharedindex.'));
}
