import { type Dirent, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** `~` and `~/x` as a shell reads them; anything else relative to the current folder. */
export function expandPath(typed: string): string {
  const expanded = /^~(?=$|[\\/])/.test(typed) ? os.homedir() + typed.slice(1) : typed;
  return path.resolve(expanded);
}

/** The folders that continue what was typed, hidden ones only when a dot was typed. At most 50. */
export async function completePath(
  prefix: string,
): Promise<{ path: string; isProject: boolean }[]> {
  const typed = prefix === '' || prefix === '~' ? '~/' : prefix;
  const endsInFolder = /[\\/]$/.test(typed);
  const full = expandPath(typed);
  const parent = endsInFolder ? full : path.dirname(full);
  const start = endsInFolder ? '' : path.basename(full).toLowerCase();
  let entries: Dirent[];
  try {
    entries = await readdir(parent, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((e) => e.isDirectory() || e.isSymbolicLink())
    .filter((e) => e.name.toLowerCase().startsWith(start))
    .filter((e) => start.startsWith('.') || !e.name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, 50)
    .map((e) => path.join(parent, e.name))
    .map((folder) => ({ path: folder, isProject: existsSync(path.join(folder, 'foundry.toml')) }));
}
