import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';

/** The open shells of all projects. */
export function useTerminals() {
  return useQuery(api.terminals.list.queryOptions({ input: {} }));
}
