import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { databaseFile } from '../../db/database-file.ts';
import { runInWorker } from '../../db/run-in-worker.ts';
import { folderSize } from '../../lib/folder-size.ts';
import { storageOf } from '../../lib/storage.ts';
import type { Stats } from './contract.ts';
import type { DataDependencies } from './dependencies.ts';
import { type TableRow, tableSizes } from './store.ts';

/** Which part of the app a table belongs to, in the words of the screen. */
const features: Record<string, string> = {
  journal: 'logs',
  snapshots: 'chains',
  snapshot_deployments: 'chains',
  chains: 'chains',
  ports: 'chains',
  projects: 'projects',
  image_uses: 'images',
  networks: 'networks',
  keys: 'keys',
  settings: 'settings',
  run_limits: 'settings',
  retention: 'settings',
  housekeeping: 'settings',
};

function featureOf(table: string): string {
  const known = features[table];
  if (known) return known;
  if (/^(event|webhook|notification)/.test(table)) return 'events';
  if (/^artifact/.test(table)) return 'artifacts';
  if (/^(trace|preimage)/.test(table)) return 'traces';
  if (/^indexed/.test(table)) return 'chains';
  if (/search/.test(table)) return 'search';
  if (/^(sqlite|repair)/.test(table)) return 'Drydock itself';
  return 'history';
}

/** Reads every page of the database and every folder, in threads and bit by bit: seconds, not ms. */
export async function collectStats(deps: DataDependencies, signal: AbortSignal): Promise<Stats> {
  const { home, store } = deps;
  const file = databaseFile(home);
  const [found, chains, sizes] = await Promise.all([
    deps.checkpoints.paused(() =>
      runInWorker({ do: 'query', file, sql: tableSizes, params: [] }, signal),
    ),
    chainSizes(deps),
    topLevel(home),
  ]);
  const size = (name: string) => sizes.get(name) ?? 0;
  const databaseBytes = size('drydock.db') + size('drydock.db-wal') + size('drydock.db-shm');
  const backups = deps.backups.list().items;
  const totalBytes = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const folders = ['chains', 'backups', 'compile-cache', 'logs'];
  const named = folders.reduce((sum, name) => sum + size(name), databaseBytes);
  const { state, freeBytes, totalBytes: diskBytes } = storageOf(home);
  return {
    dataFolder: home,
    totalBytes,
    disk: { state, freeBytes, totalBytes: diskBytes },
    database: {
      bytes: databaseBytes,
      freeBytes: store.freeBytes(),
      schema: store.schema(),
      tables: (found as unknown as TableRow[]).map((table) => ({
        ...table,
        feature: featureOf(table.name),
      })),
    },
    chains,
    backups: {
      count: backups.length,
      bytes: size('backups'),
      newestAt: deps.backups.newestAt(),
    },
    compileCacheBytes: size('compile-cache'),
    logBytes: size('logs'),
    otherBytes: totalBytes - named,
    lastPrunedAt: store.endedAt('prune'),
  };
}

async function topLevel(home: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const name of await readdir(home)) sizes.set(name, await folderSize(path.join(home, name)));
  return sizes;
}

async function chainSizes(deps: DataDependencies): Promise<Stats['chains']> {
  const chains = await deps.chains();
  const measured = await Promise.all(
    chains.map(async ({ name, running, folder }) => {
      const of = (...entry: string[]) => folderSize(path.join(folder, ...entry));
      return {
        name,
        running,
        bytes: await of(),
        stateBytes: (await of('state.json')) + (await of('state.aside.json')) + (await of('good')),
        snapshotBytes: await of('snapshots'),
        cacheBytes: await of('cache'),
        forkBytes: await of('home'),
      };
    }),
  );
  return measured.filter((chain) => chain.bytes > 0).sort((a, b) => b.bytes - a.bytes);
}
