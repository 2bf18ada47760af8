import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { TransactionPage } from '#main/features/explorer/contract/transactions.ts';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { AroundWindow } from './around-window.tsx';
import { FromUpstream } from './from-upstream.tsx';
import { partSize, partsInView } from './row-parts.ts';
import { TransactionRows, transactionRowHeight } from './transaction-table.tsx';
import { useHeldCount } from './use-held-count.ts';
import { useRowWindow } from './use-row-window.ts';

const againMs = 400;

/** Whether a transaction with a number in the list is there. */
const hasRow = (page: TransactionPage | undefined, number: number): boolean =>
  page?.transactions.some(({ ordinal }) => ordinal === number) ?? false;

/** All transactions that a chain counts, newest first; those in view are read as they come into it. */
export function CountedTransactions({ network, total }: { network: string; total: number }) {
  const top = useRef<HTMLDivElement>(null);
  const atTop = useRef(true);
  const { shown, newer, release } = useHeldCount(total, atTop.current);
  const window = useRowWindow(shown);
  const { start, count } = window;
  const view = useRowsInView(count, transactionRowHeight);
  atTop.current = start === 0 && view.first === 0;
  const parts = partsInView(shown, { first: start + view.first, end: start + view.end });
  const queries = useQueries({
    queries: parts.map((part) =>
      api.explorer.transactions.queryOptions({
        input: { network, below: (part + 1) * partSize, limit: partSize },
        staleTime: 0,
        // What the index had not reached came without its number in the list.
        refetchInterval: ({ state: { data } }) =>
          data && !hasRow(data, Math.min((part + 1) * partSize, shown) - 1) ? againMs : false,
      }),
    ),
  });
  // A part that is full stays as it is while the chain grows.
  useFollowHead(network, (grew) =>
    Promise.all(
      queries
        .filter(({ data }, i) => !grew || !hasRow(data, ((parts[i] ?? 0) + 1) * partSize - 1))
        .map(({ refetch }) => refetch({ cancelRefetch: false })),
    ),
  );
  const lines = new Map(
    queries.flatMap(({ data }) => data?.transactions ?? []).map((line) => [line.ordinal, line]),
  );
  return (
    <div ref={top} className="flex flex-col gap-2">
      {newer > 0 && (
        <Button
          className="sticky top-2 z-10 self-center"
          onClick={() => {
            release();
            top.current?.scrollIntoView({ block: 'start' });
          }}
        >
          {plural(newer, 'newer transaction')}
        </Button>
      )}
      <AroundWindow window={window} what="transactions">
        <TransactionRows
          key={start}
          network={network}
          count={count}
          lineAt={(index) => lines.get(shown - 1 - start - index)}
          view={view}
        />
      </AroundWindow>
      {window.after === null && <FromUpstream network={network} />}
    </div>
  );
}
