import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';

/** How many runs failed for good and still ask for an answer. */
export function useDeadLetterCount(): number {
  const input = { deadLetters: true, limit: 1 };
  return useQuery(api.deployments.list.queryOptions({ input })).data?.total ?? 0;
}
