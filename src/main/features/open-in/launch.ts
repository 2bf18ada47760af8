import { spawn } from 'node:child_process';
import { withoutOwnSearch } from '../../lib/program-search.ts';
import { AppError } from '../../shared/errors.ts';
import type { Start } from './program.ts';

/** A program that opens nothing says so at once; one that goes on longer is at work. */
const SOON_MS = 1500;

/**
 * Starts a program that goes on when Drydock ends. Resolves once it is at work, or has ended well;
 * rejects with TOOL_MISSING.
 *
 * @param home where it starts, unless it says otherwise: not in the folder of a project
 */
export function launch(
  label: string,
  { program, args, cwd, ignoresExitCode, verbatim }: Start,
  home: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: cwd ?? home,
      env: theirEnv(),
      detached: true,
      stdio: 'ignore',
      windowsVerbatimArguments: verbatim ?? false,
    });
    const timer = setTimeout(resolve, SOON_MS);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(notStarted(label, `could not be started (${program}: ${error.code})`));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0 || ignoresExitCode) return resolve();
      const how = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
      reject(notStarted(label, `${how} (${program})`));
    });
    child.unref();
  });
}

/** Without the variables that concern only Drydock: with its marks they would end with a run of it. */
function theirEnv(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE, ELECTRON_EXEC_PATH, NODE_OPTIONS, ...env } = process.env;
  const { DRYDOCK_JOB, DRYDOCK_SERVICE, ...theirs } = env;
  return withoutOwnSearch(theirs);
}

const notStarted = (label: string, what: string): AppError =>
  new AppError('TOOL_MISSING', `${label} ${what}. Choose another program in the settings.`);
