import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

export function useInfo() {
  return useQuery(api.app.info.queryOptions());
}
