import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** Names the folder that the processes of one test run share. */
export const RUN_FOLDER = 'DRYDOCK_TEST_RUN';

/**
 * Begins a test run: creates a temporary folder, which contains everything that its tests write to
 * disk, and a keeper process, which removes what is left of the run once it has ended. The keeper
 * notices the end of this process by itself, even after `kill -9`.
 *
 * Does nothing inside a run that an outer command has begun.
 * @param {string} node a Node that runs TypeScript
 * @returns {() => Promise<void>} Ends the run; resolves when nothing of it is left.
 */
export function beginTestRun(node = process.execPath) {
  if (process.env[RUN_FOLDER]) return async () => undefined;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-run-')));
  const before = { TMPDIR: process.env.TMPDIR };
  // Processes with the folder in their environment belong to this run.
  process.env[RUN_FOLDER] = folder;
  process.env.TMPDIR = folder;
  const keeper = spawn(
    node,
    [
      '--experimental-strip-types',
      '--no-warnings',
      inProject('test', 'harness', 'run-keeper.ts'),
      folder,
    ],
    // A session of its own: Ctrl+C in a terminal reaches the whole group.
    { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const gone = once(keeper, 'exit');
  return async () => {
    delete process.env[RUN_FOLDER];
    if (before.TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before.TMPDIR;
    keeper.stdin?.end();
    await gone;
  };
}
