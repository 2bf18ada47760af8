import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { followNpm } from './parent.mjs';

/** The checkout, independent of the current folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/**
 * Messages go to stderr: stdout belongs to the program that is launched.
 * @param {string} message
 */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/** A problem that the user has to solve first; shown without a stack. */
export class SetupError extends Error {}

/**
 * Runs a command; a SetupError becomes its message and exit code 1.
 * @param {() => Promise<number | undefined>} main returns the exit code, unless the program that it
 *   loaded into this process sets its own
 */
export async function launch(main) {
  followNpm();
  try {
    const code = await main();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
