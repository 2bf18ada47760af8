import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CommitRange } from './contract.ts';

const run = promisify(execFile);
const MOST = 200;
const hash = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

type Commits = CommitRange['added'];

/** What lies between two recorded commits of a project. Never rejects: it says what is missing. */
export async function commitsBetween(
  folder: string,
  a: string | null,
  b: string | null,
): Promise<CommitRange> {
  const nothing = { a, b, added: [], removed: [], truncated: false };
  const unknown = [a === null && 'A', b === null && 'B'].filter(Boolean).join(' and ');
  if (a === null || b === null || !hash.test(a) || !hash.test(b)) {
    return { ...nothing, problem: `No commit was recorded for ${unknown || 'them'}.` };
  }
  if (a === b) return { ...nothing, problem: null };
  const git = (...args: string[]) =>
    run('git', ['--no-optional-locks', ...args], {
      cwd: folder,
      timeout: 10_000,
      maxBuffer: 16 << 20,
    });
  try {
    await git('rev-parse', '--git-dir');
  } catch {
    return { ...nothing, problem: `${folder} is in no git repository any more.` };
  }
  const missing: string[] = [];
  for (const commit of [a, b]) {
    await git('cat-file', '-e', `${commit}^{commit}`).catch(() => missing.push(commit));
  }
  if (missing.length > 0) {
    const which = missing.map((commit) => commit.slice(0, 7)).join(' and ');
    const verb = missing.length === 1 ? 'is' : 'are';
    return {
      ...nothing,
      problem: `${which} ${verb} not in the repository any more; it may have been rebased away. Fetch it, then compare again.`,
    };
  }
  const log = async (range: string): Promise<Commits> => {
    const { stdout } = await git('log', '--format=%H %s', `--max-count=${MOST + 1}`, range, '--');
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const space = line.indexOf(' ');
        return { commit: line.slice(0, space), subject: line.slice(space + 1) };
      });
  };
  try {
    const [added, removed] = await Promise.all([log(`${a}..${b}`), log(`${b}..${a}`)]);
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
