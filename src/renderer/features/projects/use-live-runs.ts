import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';
import { useChoice } from '../deployments/use-choice.ts';

/** How many of the latest deployments are looked at. */
const lookedAt = 50;

/** A project's deployments whose contracts are on the chosen network now, newest first. */
export function useLiveRuns(project: number) {
  const network = useChoice(project).network?.name ?? null;
  const { data, isPending, error } = useQuery(
    api.deployments.list.queryOptions({
      input: { project, network: network ?? undefined, limit: lookedAt },
      enabled: network !== null,
    }),
  );
  const runs = (data?.items ?? []).filter((run) => run.live && run.contractCount > 0);
  const count = runs.reduce((sum, run) => sum + run.contractCount, 0);
  return { network, runs, count, isPending, error };
}
