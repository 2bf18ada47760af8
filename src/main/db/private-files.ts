import { chmodSync, type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../shared/errors.ts';
import { isKnown, sharedWithContainers } from './data-folder.ts';

/** What others of this machine may do: read, write and enter, by group and by everyone. */
const OTHERS = 0o077;

/** Chromium's own, which keeps its thousands of files to itself. */
const closedByItself = new Set(['electron']);

/** Folders that are looked into at every start; the others only when something was open. */
const small = new Set(['backups', 'logs', 'run']);

export interface Privacy {
  /** Files and folders that others could read, and no longer can. */
  corrected: string[];
  /** What is left open to others, and why. */
  problems: string[];
}

/**
 * Takes a data folder and the files in it away from the other users of this machine. Looks at a few
 * dozen files as long as the folder is closed; at all of them after it was open, or if `whole`.
 * Never follows links. A folder that holds files that aren't Drydock's keeps its own mode.
 */
export function keepPrivate(home: string, { whole = false } = {}): Privacy {
  const found: Privacy = { corrected: [], problems: [] };
  if (process.platform === 'win32') return found;
  const mode = statSync(home, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return found;
  const entries = entriesOf(home, found);
  const foreign = entries.filter(({ name }) => !isKnown(name)).map(({ name }) => name);
  const open = (mode & OTHERS) !== 0;
  if (open && foreign.length === 0) close(home, mode, found);
  if (open && foreign.length > 0) {
    const some = foreign.slice(0, 3).join(', ');
    found.problems.push(`${home} holds other things than Drydock's (${some}), so it stays open`);
  }
  for (const entry of entries) {
    if (!isKnown(entry.name) || sharedWithContainers.has(entry.name)) continue;
    const wasOpen = closeEntry(home, entry, found);
    if (!entry.isDirectory() || closedByItself.has(entry.name)) continue;
    const deep = whole || open || wasOpen;
    if (deep || small.has(entry.name)) closeWithin(path.join(home, entry.name), deep, found);
  }
  return found;
}

function closeWithin(folder: string, deep: boolean, found: Privacy): void {
  for (const entry of entriesOf(folder, found)) {
    closeEntry(folder, entry, found);
    if (deep && entry.isDirectory()) closeWithin(path.join(folder, entry.name), deep, found);
  }
}

/** Whether it was open to others. */
function closeEntry(folder: string, entry: Dirent, found: Privacy): boolean {
  if (!entry.isFile() && !entry.isDirectory()) return false;
  const at = path.join(folder, entry.name);
  const stat = lstatSync(at, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink() || (stat.mode & OTHERS) === 0) return false;
  close(at, stat.mode, found);
  return true;
}

function close(at: string, mode: number, { corrected, problems }: Privacy): void {
  try {
    chmodSync(at, mode & 0o7700);
    // Some disks take every mode and keep none.
    if ((statSync(at).mode & OTHERS) === 0) corrected.push(at);
    else problems.push(`the disk of ${at} knows no modes`);
  } catch (error) {
    // Removed meanwhile, as the files of a database are.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    problems.push(`${at} stays open to others: ${messageOf(error)}`);
  }
}

function entriesOf(folder: string, { problems }: Privacy): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(messageOf(error));
    return [];
  }
}

/** What was corrected, in words for the list of repairs; null for nothing. */
export function correctedText(home: string, { corrected }: Privacy): string | null {
  if (corrected.length === 0) return null;
  const inside = corrected.filter((at) => at !== home).map((at) => path.relative(home, at));
  const some =
    inside.length > 3
      ? `${inside.slice(0, 3).join(', ')} and ${inside.length - 3} more`
      : inside.join(', ');
  const what = corrected.includes(home)
    ? `the data folder${some && ` (with ${some})`}`
    : `${some} in the data folder`;
  return `Other users of this machine could read ${what}; now only you can. If there are others, make a new token with "drydock host rotate-token".`;
}
