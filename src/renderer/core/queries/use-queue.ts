import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

/** The running and queued deployments, in order. */
export function useQueue(enabled = true) {
  return useQuery(api.deployments.queue.queryOptions({ enabled }));
}
