import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';

/** What may be sent to a remote network. */
export const useRails = (network: string) =>
  useQuery(api.rails.get.queryOptions({ input: { network } }));
