import { type GitView, gitView } from '../../lib/git/git-view.ts';
import { isCommitHash, repositoryAt } from '../../lib/git/repository.ts';
import type { CommitRange } from '../../shared/commit-range.ts';

const MOST = 200;

type Commits = CommitRange['added'];

/**
 * The commits between two recorded commits of a project. Never rejects: the result says what is
 * missing.
 */
export async function commitsBetween(
  project: { path: string; repository: string | null },
  a: string | null,
  b: string | null,
): Promise<CommitRange> {
  const nothing = { a, b, added: [], removed: [], truncated: false };
  const unknown = [a === null && 'A', b === null && 'B'].filter(Boolean).join(' and ');
  if (a === null || b === null || !isCommitHash(a) || !isCommitHash(b)) {
    return { ...nothing, problem: `No commit was recorded for ${unknown || 'them'}.` };
  }
  if (a === b) return { ...nothing, problem: null };
  try {
    const repository = project.repository ? await repositoryAt(project.repository) : undefined;
    if (!repository) {
      return { ...nothing, problem: `${project.path} is in no git repository any more.` };
    }
    await using view = await gitView(repository, null);
    const missing = await missingOf(view, [a, b]);
    if (missing.length > 0) return { ...nothing, problem: whyMissing(missing) };
    const [added, removed] = await Promise.all([log(view, a, b), log(view, b, a)]);
    return {
      a,
      b,
      added: added.slice(0, MOST),
      removed: removed.slice(0, MOST),
      truncated: added.length > MOST || removed.length > MOST,
      problem: null,
    };
  } catch {
    return { ...nothing, problem: 'git could not list the commits between them.' };
  }
}

async function missingOf(view: GitView, commits: string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const commit of commits) {
    await view.git(['cat-file', '-e', `${commit}^{commit}`]).catch(() => missing.push(commit));
  }
  return missing;
}

function whyMissing(missing: string[]): string {
  const which = missing.map((commit) => commit.slice(0, 7)).join(' and ');
  const verb = missing.length === 1 ? 'is' : 'are';
  return `${which} ${verb} not in the repository any more; it may have been rebased away. Fetch it, then compare again.`;
}

async function log(view: GitView, from: string, to: string): Promise<Commits> {
  const most = `--max-count=${MOST + 1}`;
  const range = `${from}..${to}`;
  const stdout = await view.git(['log', '--no-color', '--format=%H %s', most, range, '--']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const space = line.indexOf(' ');
      return { commit: line.slice(0, space), subject: line.slice(space + 1) };
    });
}
