import { existsSync, readFileSync, statSync } from 'node:fs';
import { start } from './child.mjs';
import { say } from './project.mjs';

const MINUTE = 60_000;
/** Longer than the longest test may take, including its set-up. */
const MOST_STILL_MS = 10 * MINUTE;
/** A longer run is of no use. */
const MOST_MS = 70 * MINUTE;
const GRACE_MS = 10_000;

/**
 * Runs a program that writes a file whenever it makes progress, and ends it when it makes none, or
 * takes too long: a runner can't end a test with an endless loop. Reports the position of the
 * program then.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {{ progress: string; mostStill?: number; most?: number }} watch `progress`: the file,
 * whose text says where the program is; the limits in ms
 * @returns {Promise<number>} Its exit code; never 0 when it was ended.
 */
export async function runWatched(
  program,
  args,
  options,
  { progress, mostStill = MOST_STILL_MS, most = MOST_MS },
) {
  const began = Date.now();
  const { process: child, exit } = start(program, args, options);
  let wasEnded = false;
  const looking = setInterval(
    () => {
      if (wasEnded) return;
      const moved = existsSync(progress) ? statSync(progress).mtimeMs : began;
      const isStill = Date.now() - moved > mostStill;
      if (!isStill && Date.now() - began < most) return;
      wasEnded = true;
      const where = existsSync(progress) ? readFileSync(progress, 'utf8') : 'before the first test';
      const why = isStill ? 'has not moved' : 'was not done';
      const minutes = Math.round((isStill ? mostStill : most) / MINUTE);
      say(`The run ${why} in ${minutes} minutes and is ended. It was at:\n${where}`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    },
    Math.min(5000, mostStill / 4),
  );
  try {
    const code = await exit;
    return wasEnded ? code || 1 : code;
  } finally {
    clearInterval(looking);
  }
}
