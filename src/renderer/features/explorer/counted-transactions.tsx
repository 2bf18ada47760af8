import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { mostRows, partSize, partsInView } from './row-parts.ts';
import { TransactionRows, transactionRowHeight } from './transaction-table.tsx';
import { useHeldCount } from './use-held-count.ts';

/** All transactions that a chain counts, newest first; those in view are read as they come into it. */
export function CountedTransactions({ network, total }: { network: string; total: number }) {
  const top = useRef<HTMLDivElement>(null);
  const atTop = useRef(true);
  const { shown, newer, release } = useHeldCount(total, atTop.current);
  const count = Math.min(shown, mostRows);
  const view = useRowsInView(count, transactionRowHeight);
  atTop.current = view.first === 0;
  const parts = partsInView(shown, view);
  const queries = useQueries({
    queries: parts.map((part) =>
      api.explorer.transactions.queryOptions({
        input: { network, below: (part + 1) * partSize, limit: partSize },
        staleTime: 0,
      }),
    ),
  });
  useFollowHead(network, () =>
    Promise.all(queries.map(({ refetch }) => refetch({ cancelRefetch: false }))),
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
      <TransactionRows
        network={network}
        count={count}
        lineAt={(index) => lines.get(shown - 1 - index)}
        view={view}
      />
    </div>
  );
}
