import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { linesWithHead } from './lines-with-head.ts';
import { TransactionTable } from './transaction-table.tsx';

/** What has to do with an address, newest first. */
export function AddressTransactions({ network, address }: { network: string; address: string }) {
  const cache = useQueryClient();
  const inputOf = (before: string | undefined) => ({ network, address, before, limit: 50 });
  const options = api.explorer.addressTransactions.infiniteOptions({
    input: inputOf,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(options);
  useFollowHead(network, async (grew) => {
    if (grew && data && data.pages.length > 1 && !error) {
      const asked = client.explorer.addressTransactions(inputOf(undefined));
      const head = await asked.catch(() => null);
      const merged = head && linesWithHead(data, head);
      if (merged) return cache.setQueryData(options.queryKey, merged);
    }
    return refetch({ cancelRefetch: false });
  });
  const lines = data?.pages.flatMap((page) => page.transactions) ?? [];
  const problem = data?.pages.at(-1)?.problem;
  return (
    <Section title="Transactions">
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <div className="flex flex-col gap-3">
          {lines.length > 0 && <TransactionTable network={network} lines={lines} withRoles />}
          {lines.length === 0 && !problem && (
            <p className="text-sm text-ink-dim">No transaction has to do with it yet.</p>
          )}
          {problem && !hasNextPage && <p className="text-sm text-ink-dim">{problem}</p>}
          {hasNextPage && (
            <Button
              className="self-center"
              busy={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Load older ones
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}
