import { useQueries } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { partSize } from './row-parts.ts';
import { TransactionRows, transactionRowHeight } from './transaction-table.tsx';

const partOfBlock = (network: string, block: string, part: number) =>
  api.explorer.block.queryOptions({
    input: { network, block, first: part * partSize, limit: partSize },
    // A block with a hash is what it is.
    staleTime: 60_000,
  });

/** All transactions of a block, in its order; those in view are read as they come into it. */
export function BlockTransactions({
  network,
  hash,
  count,
}: {
  network: string;
  hash: string;
  count: number;
}) {
  const view = useRowsInView(count, transactionRowHeight);
  const from = Math.floor(view.first / partSize);
  const parts = Array.from({ length: Math.ceil(view.end / partSize) - from }, (_, i) => from + i);
  const queries = useQueries({
    queries: parts.map((part) => partOfBlock(network, hash, part)),
  });
  const lines = new Map(
    queries.flatMap(({ data }, i) =>
      (data?.transactions ?? []).map(
        (line, at) => [(parts[i] ?? 0) * partSize + at, line] as const,
      ),
    ),
  );
  return (
    <TransactionRows
      network={network}
      count={count}
      lineAt={(index) => lines.get(index)}
      view={view}
      ofBlock
    />
  );
}
