import { databaseBytes } from '../../db/database-file.ts';
import { version } from '../../lib/version.ts';
import type { Info } from './contract.ts';

/** What isn't a matter of the connection. */
export type OwnInfo = Omit<Info, 'canPickFolder' | 'canNotify'>;

interface InfoDependencies {
  dataFolder: string;
  engine: () => Promise<Info['engine']>;
  wantedEngine: () => Info['wantedEngine'];
  docker: () => Info['docker'];
  storage: () => Info['storage'];
  backedUpAt: () => number | null;
}

/** What a core says of itself. */
export const infoOf = (deps: InfoDependencies) => async (): Promise<OwnInfo> => ({
  version: version(),
  dataFolder: deps.dataFolder,
  engine: await deps.engine(),
  wantedEngine: deps.wantedEngine(),
  docker: deps.docker(),
  pid: process.pid,
  databaseBytes: databaseBytes(deps.dataFolder),
  storage: deps.storage(),
  backedUpAt: deps.backedUpAt(),
});
