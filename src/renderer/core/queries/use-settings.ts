import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { api, client } from '../client.ts';
import { queryClient } from '../query-client.ts';

const queryKey = api.settings.get.queryKey();

/** The settings, and a way to change some, shown immediately and undone if refused. */
export function useSettings() {
  const { data: settings } = useQuery(api.settings.get.queryOptions());
  const { mutateAsync } = useMutation({
    mutationFn: (part: Partial<Settings>) => client.settings.set(part),
    onMutate: (part) =>
      queryClient.setQueryData(queryKey, (before) => before && { ...before, ...part }),
    onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
  /** Whether they were changed. */
  const change = useCallback(
    (part: Partial<Settings>): Promise<boolean> =>
      mutateAsync(part).then(
        () => true,
        () => false,
      ),
    [mutateAsync],
  );
  return { settings, change };
}
