import { statSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../kit/version.ts';
import type { Info } from './contract.ts';

/** What isn't a matter of the connection. */
export type OwnInfo = Omit<Info, 'canPickFolder' | 'canNotify'>;

interface InfoParts {
  dataFolder: string;
  engine: () => Promise<Info['engine']>;
  wantedEngine: () => Info['wantedEngine'];
  docker: () => Info['docker'];
  storage: () => Info['storage'];
  backedUpAt: () => number | null;
}

/** What a core says of itself. */
export const infoOf = (parts: InfoParts) => async (): Promise<OwnInfo> => ({
  version: version(),
  dataFolder: parts.dataFolder,
  engine: await parts.engine(),
  wantedEngine: parts.wantedEngine(),
  docker: parts.docker(),
  pid: process.pid,
  databaseBytes: ['drydock.db', 'drydock.db-wal']
    .map(
      (name) => statSync(path.join(parts.dataFolder, name), { throwIfNoEntry: false })?.size ?? 0,
    )
    .reduce((sum, bytes) => sum + bytes),
  storage: parts.storage(),
  backedUpAt: parts.backedUpAt(),
});
