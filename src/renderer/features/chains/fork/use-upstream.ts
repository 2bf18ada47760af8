import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';

const EVERY_MS = 60_000;

/** The newest block of what a fork forks, asked now and then: its node is another's. */
export function useUpstream(chain: string, isAsked = true) {
  return useQuery(
    api.chains.upstream.queryOptions({
      input: { chain },
      enabled: isAsked,
      staleTime: EVERY_MS / 2,
      refetchInterval: EVERY_MS,
    }),
  );
}
