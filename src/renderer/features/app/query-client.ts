import { ORPCError } from '@orpc/client';
import { QueryClient } from '@tanstack/react-query';

/**
 * What the core says is true until it says that it changed (see `changes.ts`); nothing is asked
 * for again by itself. Only a lost connection is worth another try: an answer is an answer.
 */
export const queryClient = new QueryClient({
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
