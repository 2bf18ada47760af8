import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { look } from '../../kit/look.ts';
import type { GitState } from './contract.ts';

const run = promisify(execFile);

/** Branch, commit and number of changed files; null when the folder is in no repository, or when
 * there is no git. Source: git-status(1), porcelain format v2. */
export async function gitState(folder: string): Promise<GitState | null> {
  let stdout: string;
  try {
    if (!isInRepository(realpathSync(folder))) return null;
    ({ stdout } = await run(
      'git',
      ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--', '.'],
      { cwd: folder, timeout: 10_000, maxBuffer: 64 << 20 },
    ));
  } catch {
    return null;
  }
  const state: GitState = { branch: null, commit: null, dirty: 0 };
  for (const line of stdout.split('\n')) {
    if (line.startsWith('# branch.oid ')) {
      const oid = line.slice(13);
      state.commit = oid === '(initial)' ? null : oid;
    } else if (line.startsWith('# branch.head ')) {
      const head = line.slice(14);
      state.branch = head === '(detached)' ? null : head;
    } else if (line !== '' && !line.startsWith('#')) {
      state.dirty++;
    }
  }
  return state;
}

/** Some looks upwards take microseconds, a process that finds nothing takes milliseconds. */
function isInRepository(folder: string): boolean {
  if (process.env.GIT_DIR || look(path.join(folder, '.git'))) return true;
  const above = path.dirname(folder);
  return above !== folder && isInRepository(above);
}
