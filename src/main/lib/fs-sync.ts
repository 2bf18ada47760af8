import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';

/** The entry at a path; undefined for none, and for an invalid path. */
export function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * When a file was last changed, in whole milliseconds since 1970 as other programs cut them off: as a
 * double, the last tenth of a microsecond of a millisecond is the next one.
 */
export function changedAt(file: string): number | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false, bigint: true });
    return found && Number(found.mtimeMs);
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

/** The names in a folder; none when it can't be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
