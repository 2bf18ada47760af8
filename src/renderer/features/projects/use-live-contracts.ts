import { useQueries, useQuery } from '@tanstack/react-query';
import type { Contract, DeploymentDetail } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { useChoice } from '../deployments/use-choice.ts';

export interface LiveContract extends Contract {
  run: Pick<DeploymentDetail, 'id' | 'number' | 'createdAt'>;
}

/** How many of the latest deployments are looked at. */
const lookedAt = 50;

/** The contracts of a project that are on the chosen network now, newest first. */
export function useLiveContracts(project: number): {
  network: string | null;
  count: number;
  contracts: LiveContract[];
  isPending: boolean;
  error: Error | null;
} {
  const network = useChoice(project).network?.name ?? null;
  const runs = useQuery(
    api.deployments.list.queryOptions({
      input: { project, network: network ?? undefined, limit: lookedAt },
      enabled: network !== null,
    }),
  );
  const live = (runs.data?.items ?? []).filter((run) => run.live && run.contractCount > 0);
  const details = useQueries({
    queries: live.map(({ id }) => api.deployments.get.queryOptions({ input: { id } })),
  });
  const contracts = details.flatMap(({ data }) =>
    (data?.contracts ?? []).map((contract) => ({
      ...contract,
      run: { id: data?.id ?? 0, number: data?.number ?? 0, createdAt: data?.createdAt ?? 0 },
    })),
  );
  return {
    network,
    count: live.reduce((sum, run) => sum + run.contractCount, 0),
    contracts,
    isPending: runs.isPending || details.some((detail) => detail.isPending),
    error: runs.error ?? details.find((detail) => detail.error)?.error ?? null,
  };
}
