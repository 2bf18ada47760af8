import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../../client.ts';
import { usageHistory } from './usage-history.ts';

/** Nothing tells when a container stops doing what it is for. */
const LOOK_EVERY_MS = 15_000;

export function useContainers() {
  return useQuery(api.containers.list.queryOptions({ refetchInterval: LOOK_EVERY_MS }));
}

export const useUsage = () => useSyncExternalStore(usageHistory.subscribe, usageHistory.get);
