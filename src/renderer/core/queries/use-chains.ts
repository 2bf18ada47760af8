import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

/** One chain, kept current by `useChainWatch` and the changes. */
export function useChain(name: string | null) {
  return useQuery(
    api.chains.get.queryOptions({ input: { chain: name ?? '' }, enabled: name !== null }),
  );
}

export function useChains() {
  return useQuery(api.chains.list.queryOptions());
}
