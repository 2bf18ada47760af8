import os from 'node:os';
import path from 'node:path';

const IN_HOME = /^~(?=$|[\\/])/;

/** Resolves `~` and `~/x` as a shell does; other relative paths from the current folder. */
export function expandPath(typed: string): string {
  const expanded = IN_HOME.test(typed) ? os.homedir() + typed.slice(1) : typed;
  return path.resolve(expanded);
}

/** Whether a path means the same wherever it is resolved. */
export const isWholePath = (typed: string): boolean =>
  IN_HOME.test(typed) || path.isAbsolute(typed);
