import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../../client.ts';
import { useInfo } from '../app/use-info.ts';
import { usageHistory } from './usage-history.ts';

/** Nothing tells when a container stops doing what it is for. */
const LOOK_EVERY_MS = 15_000;

export function useContainers() {
  return useQuery(api.containers.list.queryOptions({ refetchInterval: LOOK_EVERY_MS }));
}

export const useUsage = () => useSyncExternalStore(usageHistory.subscribe, usageHistory.get);

/** How many run; undefined without Docker, which then isn't asked. */
export function useRunningContainers(): number | undefined {
  const enabled = useInfo().data?.docker.status === 'ready';
  const { data } = useQuery(api.containers.list.queryOptions({ enabled }));
  return enabled ? data?.filter(({ state }) => state === 'running').length : undefined;
}
