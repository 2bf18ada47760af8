import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';

/** What runs and what waits, in order. */
export function useQueue(enabled = true) {
  return useQuery(api.deployments.queue.queryOptions({ enabled }));
}
