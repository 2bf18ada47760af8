import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * `daily` and `manual` are compressed copies; `replaced` is the whole database that a restore has
 * put aside.
 */
export type BackupKind = 'daily' | 'manual' | 'replaced';

export interface BackupFile {
  name: string;
  kind: BackupKind;
  /** Unix time, ms. */
  createdAt: number;
  /** Version of the schema in it; null for a replaced database, which may be unreadable. */
  schema: number | null;
  /** Size of the file. */
  bytes: number;
  file: string;
}

const pattern =
  /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})(?:-v(\d+))?-(daily|manual|replaced)(\.db(?:\.gz)?)$/;

export const backupFolder = (home: string): string => path.join(home, 'backups');

/** Sorts by time, and is a valid file name everywhere. In UTC. */
function stampOf(at: number): string {
  const [day = '', clock = ''] = new Date(at).toISOString().slice(0, -1).split('T');
  return `${day.replaceAll('-', '')}-${clock.replaceAll(':', '').replace('.', '-')}`;
}

export function backupName(at: number, kind: BackupKind, schema: number | null): string {
  return `${stampOf(at)}${schema === null ? '' : `-v${schema}`}-${kind}`;
}

export function backupPath(home: string, name: string): string {
  return path.join(backupFolder(home), `${name}${name.endsWith('-replaced') ? '.db' : '.db.gz'}`);
}

/** Every backup in the data folder, newest first. Only whole ones have such a name. */
export function listBackups(home: string): BackupFile[] {
  const folder = backupFolder(home);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const found = names.flatMap((fileName): BackupFile[] => {
    const match = pattern.exec(fileName);
    const stat = match && statSync(path.join(folder, fileName), { throwIfNoEntry: false });
    if (!match || !stat) return [];
    const [, year, month, day, hour, minute, second, ms, schema, kind, ending = ''] = match;
    return [
      {
        name: fileName.slice(0, -ending.length),
        kind: kind as BackupKind,
        createdAt: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`),
        schema: schema === undefined ? null : Number(schema),
        bytes: stat.size,
        file: path.join(folder, fileName),
      },
    ];
  });
  return found.sort((a, b) => b.createdAt - a.createdAt || b.name.localeCompare(a.name));
}

/** The one to go back to when the database is damaged. */
export function newestBackup(home: string): BackupFile | undefined {
  return listBackups(home).find((backup) => backup.kind !== 'replaced');
}
