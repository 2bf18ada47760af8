import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

export function useNetworks() {
  return useQuery(api.networks.list.queryOptions());
}
