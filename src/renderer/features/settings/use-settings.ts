import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { api, client } from '../../client.ts';
import { queryClient } from '../app/query-client.ts';
import { showProblem } from '../app/show-problem.ts';

/** The settings, and a way to change some that shows at once and is undone if refused. */
export function useSettings() {
  const { data: settings } = useQuery(api.settings.get.queryOptions());
  const change = useCallback(async (part: Partial<Settings>) => {
    const queryKey = api.settings.get.queryKey();
    queryClient.setQueryData(queryKey, (before) => before && { ...before, ...part });
    try {
      queryClient.setQueryData(queryKey, await client.settings.set(part));
      return true;
    } catch (error) {
      showProblem(error);
      void queryClient.invalidateQueries({ queryKey });
      return false;
    }
  }, []);
  return { settings, change };
}
