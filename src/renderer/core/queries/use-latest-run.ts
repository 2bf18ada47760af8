import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

/** A project's latest deployment and its number of deployments. */
export function useLatestRun(project: number) {
  const page = useQuery(api.deployments.list.queryOptions({ input: { project, limit: 1 } }));
  return { latest: page.data?.items[0] ?? null, total: page.data?.total ?? 0, ...page };
}
