import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';

/** How many runs failed permanently and have not been handled. */
export function useDeadLetterCount(): number {
  const input = { deadLetters: true, limit: 1 };
  return useQuery(api.deployments.list.queryOptions({ input })).data?.total ?? 0;
}
