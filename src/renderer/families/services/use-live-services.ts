import { useQueries, useQuery } from '@tanstack/react-query';
import { servicesResultOf } from '#main/shared/result-parts.ts';
import { api } from '../../core/client.ts';

/** A project's running services, the newest release first. */
export function useLiveServices(project: number) {
  const { data, isPending, error } = useQuery(
    api.deployments.list.queryOptions({ input: { project, live: true } }),
  );
  const details = useQueries({
    queries: (data?.items ?? []).map(({ id }) =>
      api.deployments.get.queryOptions({ input: { id } }),
    ),
  });
  return {
    services: details.flatMap(
      (detail) => servicesResultOf(detail.data?.result ?? null)?.services ?? [],
    ),
    isPending: isPending || details.some((detail) => detail.isPending),
    error: error ?? details.find((detail) => detail.error)?.error ?? null,
  };
}
