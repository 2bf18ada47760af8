import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Blocks, RotateCw } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { NetworkSelect } from '../../core/inside/network-select.tsx';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { blocksPath, chainPath, overviewPath, transactionsPath } from '../../core/paths.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { plural } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CountedTransactions } from './counted-transactions.tsx';
import { FindBox } from './find-box.tsx';
import { TransactionTable } from './transaction-table.tsx';

/** The transactions of a network, newest first; of a running chain they follow its blocks. */
export function TransactionsPage({ network }: { network: string }) {
  const [, navigate] = useLocation();
  const networks = useNetworks().data ?? [];
  const isRemote = networks.find(({ name }) => name === network)?.kind === 'remote';
  const pages = useInfiniteQuery(
    api.explorer.transactions.infiniteOptions({
      input: (before: string | undefined) => ({ network, before, limit: 50 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 0,
    }),
  );
  const { data, error, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    pages;
  const lines = data?.pages.flatMap((page) => page.transactions) ?? [];
  const total = data?.pages[0]?.total ?? null;
  const missing = data?.pages.find((page) => page.missing)?.missing;
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  return (
    <Page
      title="Transactions"
      about={
        data &&
        !error &&
        lines.length > 0 &&
        (total === null ? shownWords(lines.length, hasNextPage) : plural(total, 'transaction'))
      }
      actions={
        <>
          <FindBox network={network} />
          <NetworkSelect network={network} path={transactionsPath} />
          <IconButton
            label="Blocks"
            icon={<Blocks size={15} />}
            onClick={() => navigate(blocksPath(network))}
          />
          {isRemote && (
            <IconButton
              label={`Read ${network} again`}
              icon={<RotateCw size={15} />}
              busy={isFetching}
              onClick={() => void refetch()}
            />
          )}
        </>
      }
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <div className="flex flex-col gap-3">
          {data.pages[0]?.stopped && <StoppedNotice network={network} />}
          {missing && <ErrorNotice tone="warn" message={missing} />}
          {total !== null && total > 0 ? (
            <CountedTransactions network={network} total={total} />
          ) : lines.length > 0 ? (
            <TransactionTable network={network} lines={lines} />
          ) : hasNextPage ? (
            <p className="text-sm text-ink-dim">The newest blocks hold no transaction.</p>
          ) : (
            <EmptyState
              icon={<ArrowLeftRight size={22} />}
              title={`Nothing was sent on ${network} yet`}
              action={
                <>
                  <Button onClick={() => navigate(overviewPath)}>Choose a project to deploy</Button>
                  {!isRemote && (
                    <Button variant="ghost" onClick={() => navigate(chainPath(network))}>
                      Open the chain
                    </Button>
                  )}
                </>
              }
            >
              Every transaction stands here from the moment it is mined, with its calls, events and
              errors in the words of your contracts.
            </EmptyState>
          )}
          {hasNextPage && !total && (
            <Button
              className="self-center"
              busy={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {lines.length > 0 ? 'Load older ones' : 'Look further back'}
            </Button>
          )}
        </div>
      )}
    </Page>
  );
}

const shownWords = (shown: number, more: boolean): string =>
  more ? `the newest ${plural(shown, 'transaction')}` : plural(shown, 'transaction');
