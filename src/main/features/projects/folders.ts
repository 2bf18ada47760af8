import { type Dirent, existsSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { expandPath } from '../../lib/expand-path.ts';

/** Typing further narrows the list. */
const MOST_FITTING = 5000;

/**
 * The folders that complete what was typed, hidden ones only after a typed dot. At most 50.
 *
 * @param markers file names that each mark a folder as a project
 */
export async function completePath(
  prefix: string,
  markers: readonly string[],
): Promise<{ path: string; isProject: boolean }[]> {
  const typed = prefix === '' || prefix === '~' ? '~/' : prefix;
  const endsInFolder = /[\\/]$/.test(typed);
  const full = expandPath(typed);
  const parent = endsInFolder ? full : path.dirname(full);
  const start = endsInFolder ? '' : path.basename(full).toLowerCase();
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(parent, { bufferSize: 256 })) {
      const fits =
        (entry.isDirectory() || entry.isSymbolicLink()) &&
        entry.name.toLowerCase().startsWith(start) &&
        (start.startsWith('.') || !entry.name.startsWith('.'));
      if (fits) entries.push(entry);
      if (entries.length >= MOST_FITTING) break;
    }
  } catch {
    return [];
  }
  const byName = new Intl.Collator();
  return entries
    .sort((a, b) => byName.compare(a.name, b.name))
    .slice(0, 50)
    .map((e) => path.join(parent, e.name))
    .map((folder) => ({
      path: folder,
      isProject: markers.some((marker) => existsSync(path.join(folder, marker))),
    }));
}
