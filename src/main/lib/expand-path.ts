import os from 'node:os';
import path from 'node:path';

/** Resolves `~` and `~/x` as a shell does; other relative paths from the current folder. */
export function expandPath(typed: string): string {
  const expanded = /^~(?=$|[\\/])/.test(typed) ? os.homedir() + typed.slice(1) : typed;
  return path.resolve(expanded);
}
