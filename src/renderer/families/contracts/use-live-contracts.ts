import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { useTarget } from '../../core/queries/use-target.ts';

/** The live contracts of a project on the chosen network, newest first. */
export function useLiveContracts(project: number) {
  const network = useTarget(project)?.name ?? null;
  const { data, isPending, error } = useQuery(
    api.contracts.live.queryOptions({
      input: { project, target: network ?? undefined },
      enabled: network !== null,
    }),
  );
  return {
    network,
    contracts: data?.contracts ?? [],
    total: data?.total ?? 0,
    isPending,
    error,
  };
}
