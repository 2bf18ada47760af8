import path from 'node:path';
import { namesIn, statOf } from '../lib/fs-sync.ts';

/** What Drydock keeps at the first level of a data folder, and what is only there after a database. */
const entries: readonly { name: RegExp; showsUse: boolean }[] = [
  { name: /^drydock\.db$/, showsUse: false },
  { name: /^drydock\.db[.-]/, showsUse: true },
  {
    name: /^(backups|certificates|chains|compile-cache|compilers|gateway|result-files|run|workspaces)$/,
    showsUse: true,
  },
  { name: /^secret\.key$/, showsUse: true },
  { name: /^(secret\.|restore\.)/, showsUse: false },
  { name: /^(electron|logs|window\.json)$/, showsUse: false },
  // Temporary files, and what file managers leave.
  { name: /^\./, showsUse: false },
];

const entryOf = (name: string) => entries.find((entry) => entry.name.test(name));

/** Folders whose files containers read as another user; there is nothing of the user's in them. */
export const sharedWithContainers: ReadonlySet<string> = new Set(['certificates', 'compilers']);

export const isKnown = (name: string): boolean => entryOf(name) !== undefined;

/** Whether a data folder holds what is made only once there is a database. */
export function wasUsed(home: string): boolean {
  return namesIn(home).some((name) => {
    if (!entryOf(name)?.showsUse) return false;
    const at = path.join(home, name);
    const stat = statOf(at);
    return stat?.isDirectory() ? namesIn(at).length > 0 : (stat?.size ?? 0) > 0;
  });
}
