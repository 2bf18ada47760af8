import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';

/** The machine's state. It changes without a word to us: asked again when the window comes back. */
export function useDoctor() {
  return useQuery(api.doctor.run.queryOptions({ staleTime: 30_000, refetchOnWindowFocus: true }));
}
