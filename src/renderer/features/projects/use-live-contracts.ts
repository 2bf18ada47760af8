import { useQueries } from '@tanstack/react-query';
import type { Contract, DeploymentDetail } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { useLiveRuns } from './use-live-runs.ts';

interface LiveContract extends Contract {
  run: Pick<DeploymentDetail, 'id' | 'number' | 'createdAt'>;
}

/** The contracts of a project that are on the chosen network now, newest first. */
export function useLiveContracts(project: number) {
  const { network, runs, isPending, error } = useLiveRuns(project);
  const details = useQueries({
    queries: runs.map(({ id }) => api.deployments.get.queryOptions({ input: { id } })),
  });
  const contracts: LiveContract[] = details.flatMap(({ data }) =>
    data
      ? data.contracts.map((contract) => ({
          ...contract,
          run: { id: data.id, number: data.number, createdAt: data.createdAt },
        }))
      : [],
  );
  return {
    network,
    contracts,
    isPending: isPending || details.some((detail) => detail.isPending),
    error: error ?? details.find((detail) => detail.error)?.error ?? null,
  };
}
