import path from 'node:path';

/** What a link asks to be shown. */
export type DeepLink =
  | { show: 'deployment' | 'project'; id: number }
  /** Absolute, of this machine. */
  | { show: 'add'; folder: string };

const page = /^drydock:\/\/(deployment|project)\/([1-9]\d{0,8})\/?$/i;
const add = /^drydock:\/\/add\/?\?path=([^&#]+)$/i;

const maxFolderLength = 4096;

/** Whether a text is meant as a `drydock:` link, valid or not. */
export const isLink = (text: string): boolean => /^drydock:/i.test(text);

/**
 * Reads `drydock://deployment/7`, `drydock://project/3` or `drydock://add?path=…`. Any page and any
 * program can make one: whatever is not exactly that is null.
 */
export function parseLink(text: string, system: typeof path.posix = path): DeepLink | null {
  const [, what, id] = page.exec(text) ?? [];
  if (what && id) return { show: what.toLowerCase() as 'deployment' | 'project', id: Number(id) };
  const [, encoded] = add.exec(text) ?? [];
  const folder = encoded && decoded(encoded);
  return folder && isLocalFolder(folder, system) ? { show: 'add', folder } : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * One that a person who is asked about it reads as what it is: absolute, without steps back and
 * without characters that don't show. A share of another machine, which would be told who the user
 * is, is none.
 */
function isLocalFolder(folder: string, system: typeof path.posix): boolean {
  return (
    folder.length <= maxFolderLength &&
    !/[\p{C}\p{Zl}\p{Zp}]/u.test(folder) &&
    !/^[\\/]{2}/.test(folder) &&
    system.isAbsolute(folder) &&
    (system.sep === '/' || /^[a-z]:[\\/]/i.test(folder)) &&
    !folder.split(/[\\/]/).some((part) => part === '..' || part === '.')
  );
}
