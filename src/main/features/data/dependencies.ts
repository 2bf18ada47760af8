import type { Logger } from 'pino';
import type { Checkpoints } from '../../db/checkpoints.ts';
import type { DataKey } from '../../lib/secrets/data-key.ts';
import type { Change } from '../app/contract.ts';
import type { Backup, BackupList } from '../backups/contract.ts';
import type { SecretOwners } from './contract.ts';
import type { DataStore } from './store.ts';

/** A chain as far as its disk space goes. */
export interface ChainFiles {
  name: string;
  running: boolean;
  folder: string;
  snapshots: {
    id: number;
    name: string;
    automatic: boolean;
    current: boolean;
    createdAt: number;
    file: string;
  }[];
}

export interface DataDependencies {
  home: string;
  /** Whether the data folder still stands where it was opened. */
  isPresent: () => boolean;
  key: Pick<DataKey, 'startAnew'>;
  unreadableSecrets: () => SecretOwners;
  store: DataStore;
  logger: Logger;
  changed: (change: Change) => void;
  checkpoints: Checkpoints;
  backups: {
    list(): BackupList;
    remove(name: string): Promise<Backup>;
    create(kind: 'daily'): Promise<Backup>;
    newestAt(): number | null;
  };
  chains: () => Promise<ChainFiles[]>;
  removeSnapshot: (chain: string, id: number) => Promise<unknown>;
  /** Nothing is found by the words of a log that is gone. */
  logRemoved: (deployment: number) => void;
}
