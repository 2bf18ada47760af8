import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';

/** What stands there; undefined for nothing, and for a path that can't be one. */
export function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The text of a small file; undefined when it can't be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The names in a folder; none of one that can't be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
