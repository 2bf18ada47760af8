import { useQuery } from '@tanstack/react-query';
import type { KindInfo } from '#main/shared/kind.ts';
import { api } from '../client.ts';

/** All kinds of projects. They only change with the core. */
export const useKinds = (): readonly KindInfo[] =>
  useQuery(api.projects.kinds.queryOptions()).data ?? [];

/** One kind; null while loading, and for one that the core no longer knows. */
export function useKind(id: string | undefined): KindInfo | null {
  return useKinds().find((kind) => kind.id === id) ?? null;
}

/** The files that mark a project, e.g. `a.toml`, one of each kind. */
export const useMarkers = (): string[] => useKinds().flatMap(({ markers }) => markers.slice(0, 1));
