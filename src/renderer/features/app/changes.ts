import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Change } from '#main/features/app/contract.ts';
import { api, client } from '../../client.ts';
import { forever } from './forever.ts';

const containers = [
  api.containers.list.key(),
  api.containers.diskUse.key(),
  api.containers.cleanup.key(),
];

/** What must be asked for again when something changed. The only place that knows. */
export function affected(change: Change): QueryKey[] {
  switch (change.topic) {
    case 'projects':
      return [api.projects.key()];
    case 'networks':
      return [api.networks.key(), api.chains.list.key()];
    case 'chains': {
      const input = typeof change.key === 'string' ? { chain: change.key } : undefined;
      return [
        api.chains.list.key(),
        api.chains.get.key({ input }),
        api.chains.accounts.key({ input }),
      ];
    }
    case 'snapshots': {
      const input = typeof change.key === 'string' ? { chain: change.key } : undefined;
      return [
        api.chains.snapshots.key({ input }),
        api.deployments.list.key(),
        api.deployments.get.key(),
        api.history.key(),
      ];
    }
    case 'deployments': {
      const input = typeof change.key === 'number' ? { id: change.key } : undefined;
      return [
        api.deployments.list.key(),
        api.deployments.queue.key(),
        api.deployments.get.key({ input }),
        api.history.key(),
        api.chains.accounts.key(),
        api.app.info.key(),
      ];
    }
    case 'webhooks':
      return [api.webhooks.key()];
    case 'images':
      return [api.images.key()];
    case 'terminals':
      return [api.terminals.list.key()];
    case 'repairs':
      return [api.doctor.key()];
    case 'data':
      return [api.data.key(), api.backups.key(), api.compileCache.key(), api.app.info.key()];
    case 'engine':
      return [api.app.info.key(), api.doctor.key(), api.chains.list.key(), ...containers];
    case 'containers':
      return containers;
    case 'settings':
      return [api.settings.key(), api.compileCache.key(), api.doctor.key(), api.app.info.key()];
  }
}

/** Keeps the cache true until `signal`. Whatever was missed while away is asked for again. */
export function followChanges(cache: QueryClient, signal: AbortSignal): Promise<void> {
  return forever(signal, async () => {
    const stream = await client.app.changes(undefined, { signal });
    void cache.invalidateQueries();
    for await (const batch of stream) {
      const keys = new Map<string, QueryKey>();
      for (const change of batch) {
        for (const key of affected(change)) keys.set(JSON.stringify(key), key);
      }
      for (const queryKey of keys.values()) void cache.invalidateQueries({ queryKey });
    }
  });
}
