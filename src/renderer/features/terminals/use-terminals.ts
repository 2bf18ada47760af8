import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';

/** The shells that are open, of all projects. */
export function useTerminals() {
  return useQuery(api.terminals.list.queryOptions({ input: {} }));
}
