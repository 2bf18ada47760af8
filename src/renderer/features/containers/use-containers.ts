import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../../core/client.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { usageHistory } from './usage-history.ts';

/** No event reports when a container is no longer used. */
const LOOK_EVERY_MS = 15_000;

export function useContainers() {
  return useQuery(api.containers.list.queryOptions({ refetchInterval: LOOK_EVERY_MS }));
}

export const useUsage = () => useSyncExternalStore(usageHistory.subscribe, usageHistory.get);

/** How many are running; undefined without Docker, which then isn't queried. */
export function useRunningContainers(): number | undefined {
  const enabled = useInfo().data?.docker.status === 'ready';
  const { data } = useQuery(api.containers.list.queryOptions({ enabled }));
  return enabled ? data?.filter(({ state }) => state === 'running').length : undefined;
}
