import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';

export function useProjects() {
  return useQuery(api.projects.list.queryOptions());
}

/** One project of the list; `undefined` while loading, `null` when there is none. */
export function useProject(id: number) {
  const { data, error } = useProjects();
  return { project: data ? (data.find((one) => one.id === id) ?? null) : undefined, error };
}
