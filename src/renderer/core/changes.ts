import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Change } from '#main/features/app/contract.ts';
import { api, client } from './client.ts';
import type { Feature, Touches } from './feature/feature.ts';
import { forever } from './streams/forever.ts';

const info = () => [api.app.info.key()];

/** What the window itself shows. */
const ownTouches: Touches = { deployments: info, data: info, engine: info, settings: info };

/** What must be refetched after a change. */
export function affected(features: readonly Feature[], { topic, key }: Change): QueryKey[] {
  return [ownTouches, ...features.map(({ touches }) => touches)].flatMap(
    (touches) => touches?.[topic]?.(key) ?? [],
  );
}

/** Keeps the cache current until `signal`. After a lost connection, everything is refetched. */
export function followChanges(
  cache: QueryClient,
  features: readonly Feature[],
  signal: AbortSignal,
): Promise<void> {
  return forever(signal, async () => {
    const stream = await client.app.changes(undefined, { signal });
    void cache.invalidateQueries();
    for await (const batch of stream) {
      const keys = new Map<string, QueryKey>();
      for (const change of batch) {
        for (const key of affected(features, change)) keys.set(JSON.stringify(key), key);
      }
      for (const queryKey of keys.values()) void cache.invalidateQueries({ queryKey });
    }
  });
}
