import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';

/** The machine's state. It changes without an event: refetched when the window gets the focus. */
export function useDoctor() {
  return useQuery(api.doctor.run.queryOptions({ staleTime: 30_000, refetchOnWindowFocus: true }));
}
