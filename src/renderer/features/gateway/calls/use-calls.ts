import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { queryClient } from '../../../core/query-client.ts';

/** How often the calls are read while they are noted, ms. */
const EVERY_MS = 1000;
/** While they are not: another window, or the command line, may switch that on. */
const WHILE_OFF_MS = 5000;

/** The calls of a chain, read again and again unless it is `paused`. @param last how many */
export function useCalls(chain: string, last: number, paused: boolean) {
  const journal = useQuery(
    api.gateway.journal.queryOptions({
      input: { chain, last },
      staleTime: 0,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) =>
        paused ? false : data?.on ? EVERY_MS : WHILE_OFF_MS,
    }),
  );
  const note = useCommand((on: boolean) => client.gateway.setJournal({ chain, on }), {
    done: () =>
      void queryClient.invalidateQueries({
        queryKey: api.gateway.journal.key({ input: { chain } }),
      }),
  });
  return { journal, note };
}
