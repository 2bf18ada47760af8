import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TransactionTable } from './transaction-table.tsx';

/** What has to do with an address, newest first. */
export function AddressTransactions({ network, address }: { network: string; address: string }) {
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    api.explorer.addressTransactions.infiniteOptions({
      input: (before: string | undefined) => ({ network, address, before, limit: 50 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 0,
    }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
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
