import { databaseBytes } from '../../db/database-file.ts';
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
  databaseBytes: databaseBytes(parts.dataFolder),
  storage: parts.storage(),
  backedUpAt: parts.backedUpAt(),
});
