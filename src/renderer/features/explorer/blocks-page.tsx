import { useQueries, useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BlockRows, blockRowHeight } from './block-rows.tsx';
import { FindBox } from './find-box.tsx';
import { mostRows, partSize, partsInView, remotePartSize } from './row-parts.ts';

/** The blocks of a network, newest first; of a running chain they follow it. */
export function BlocksPage({ network }: { network: string }) {
  const { data, error, refetch } = useQuery(
    api.explorer.blocks.queryOptions({ input: { network, limit: 1 }, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  const total = data ? (data.blocks[0]?.number ?? -1) + 1 : null;
  return (
    <Page
      title="Blocks"
      about={
        <>
          <Crumbs network={network} />
          {total !== null && !error && <span>{plural(total, 'block')}</span>}
        </>
      }
      actions={<FindBox network={network} />}
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : total === null ? (
        <Skeleton rows={8} />
      ) : (
        <CountedBlocks network={network} total={total} />
      )}
    </Page>
  );
}

/** Those in view are read as they come into it. */
function CountedBlocks({ network, total }: { network: string; total: number }) {
  const known = useNetworks().data?.find(({ name }) => name === network);
  const size = known?.kind === 'remote' ? remotePartSize : partSize;
  const count = Math.min(total, mostRows);
  const view = useRowsInView(count, blockRowHeight, 0);
  const queries = useQueries({
    queries: partsInView(total, view, size).map((part) =>
      api.explorer.blocks.queryOptions({
        input: { network, before: (part + 1) * size - 1, limit: size },
        staleTime: 0,
      }),
    ),
  });
  useFollowHead(network, () =>
    Promise.all(queries.map(({ refetch }) => refetch({ cancelRefetch: false }))),
  );
  const blocks = new Map(
    queries.flatMap(({ data }) => data?.blocks ?? []).map((block) => [block.number, block]),
  );
  return (
    <BlockRows
      network={network}
      count={count}
      blockAt={(index) => blocks.get(total - 1 - index)}
      view={view}
    />
  );
}
