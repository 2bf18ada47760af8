import { useQueries, useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AroundWindow } from './around-window.tsx';
import { BlockRows, blockRowHeight } from './block-rows.tsx';
import { FindBox } from './find-box.tsx';
import { partSize, partsInView, remotePartSize } from './row-parts.ts';
import { useRowWindow } from './use-row-window.ts';

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
        <>
          {data?.stopped && <StoppedNotice network={network} />}
          {data?.missing && <ErrorNotice tone="warn" message={data.missing} />}
          <CountedBlocks network={network} total={total} />
        </>
      )}
    </Page>
  );
}

/** Those in view are read as they come into it. */
function CountedBlocks({ network, total }: { network: string; total: number }) {
  const known = useNetworks().data?.find(({ name }) => name === network);
  const size = known?.kind === 'remote' ? remotePartSize : partSize;
  const window = useRowWindow(total);
  const { start, count } = window;
  const view = useRowsInView(count, blockRowHeight, 0);
  const parts = partsInView(total, { first: start + view.first, end: start + view.end }, size);
  const queries = useQueries({
    queries: parts.map((part) =>
      api.explorer.blocks.queryOptions({
        input: { network, before: (part + 1) * size - 1, limit: size },
        staleTime: 0,
      }),
    ),
  });
  // A part that is full stays as it is while the chain grows.
  useFollowHead(network, (grew) =>
    Promise.all(
      queries
        .filter(({ data }, i) => {
          const last = ((parts[i] ?? 0) + 1) * size - 1;
          return !grew || !data?.blocks.some(({ number }) => number === last);
        })
        .map(({ refetch }) => refetch({ cancelRefetch: false })),
    ),
  );
  const blocks = new Map(
    queries.flatMap(({ data }) => data?.blocks ?? []).map((block) => [block.number, block]),
  );
  return (
    <AroundWindow window={window} what="blocks">
      <BlockRows
        key={start}
        network={network}
        count={count}
        blockAt={(index) => blocks.get(total - 1 - start - index)}
        view={view}
      />
    </AroundWindow>
  );
}
