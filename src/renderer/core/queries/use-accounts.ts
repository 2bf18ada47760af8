import { useQuery } from '@tanstack/react-query';
import type { Account } from '#main/features/chains/contract.ts';
import { api } from '../client.ts';
import { useChains } from './use-chains.ts';

/** The development accounts of a network's chain; undefined while it doesn't run. */
export function useAccounts(network: string | null): readonly Account[] | undefined {
  const isRunning = useChains().data?.find(({ name }) => name === network)?.status === 'running';
  return useQuery(
    api.chains.accounts.queryOptions({ input: { chain: network ?? '' }, enabled: isRunning }),
  ).data;
}
