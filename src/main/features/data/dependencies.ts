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
    pinned: boolean;
    current: boolean;
    createdAt: number;
    file: string;
  }[];
}

/** What is recorded of transactions; null: no limit. */
interface TraceLimits {
  days: number | null;
  bytes: number | null;
}

export interface PrunedTraces {
  transactions: number;
  bytes: number;
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
  traces: {
    /** What `prune` would delete. */
    beyond(kept: TraceLimits): PrunedTraces;
    /** Deletes what the limits don't keep, the oldest first. */
    prune(kept: TraceLimits, signal: AbortSignal): Promise<PrunedTraces>;
  };
  /** Nothing is found by the words of a log that is gone. */
  logRemoved: (deployment: number) => void;
}
