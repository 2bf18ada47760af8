import { ORPCError } from '@orpc/client';
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { showProblem } from './problems/show-problem.ts';

/**
 * Data of the core is current until the core reports a change (see `changes.ts`); nothing is
 * refetched otherwise. Only a lost connection is retried: an error response is final. The errors of
 * all commands pass through here.
 */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _input, _result, { meta }) => {
      if (!meta?.inPlace) showProblem(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (failures, error) => !(error instanceof ORPCError) && failures < 5,
      retryDelay: (failures) => Math.min(200 * 2 ** failures, 3000),
    },
    mutations: { networkMode: 'always' },
  },
});
