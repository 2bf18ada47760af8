import { useInfiniteQuery } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import type { HistoryFilter, HistoryItem } from '#main/features/history/contract.ts';
import { api } from '../../core/client.ts';
import { deploymentPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { SelectAllBox, SelectionBox } from '../../core/selection/selection-box.tsx';
import { type Selection, useSelection } from '../../core/selection/use-selection.ts';
import { StatusIcon } from '../../core/words/run-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { familyOf } from '../../families/all.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { count, duration, plural } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toneText } from '../../ui/state-dot.tsx';
import { Td, Th } from '../../ui/table.tsx';
import { SelectedRuns } from './selected-runs.tsx';

interface HistoryListProps {
  filter: HistoryFilter;
  withProject: boolean;
  /** Shown when there are none. */
  empty: ReactNode;
}

function Row({
  run,
  index,
  withProject,
  selection,
}: {
  run: HistoryItem;
  index: number;
  withProject: boolean;
  selection: Selection<number>;
}) {
  const [, navigate] = useLocation();
  const name = `Deployment #${run.number} of ${run.project.name}`;
  return (
    // The number is the link for keyboards; the row only makes it a larger target for a mouse.
    <tr
      {...rowAt(index)}
      className="group cursor-pointer hover:bg-hover"
      onClick={() => navigate(deploymentPath(run.id))}
    >
      <Td className="w-9 pr-0">
        <SelectionBox
          id={run.id}
          name={`#${run.number} of ${run.project.name}`}
          selection={selection}
        />
      </Td>
      <Td className="w-9 pr-0">
        <StatusIcon run={run} />
      </Td>
      <Td>
        <Link
          href={deploymentPath(run.id)}
          aria-label={name}
          className="font-semibold nums hover:underline"
        >
          #{run.number}
        </Link>
        {run.pinned && (
          <Pin
            role="img"
            aria-label="Pinned"
            size={12}
            className="ml-1.5 inline-block text-ink-dim"
          />
        )}
      </Td>
      {withProject && <Td>{run.project.name}</Td>}
      <Td className={toneText[runTone(run)]}>{runWord(run)}</Td>
      <Td>{run.target}</Td>
      <Td className="hidden w-full max-w-0 truncate @2xl:table-cell">
        <span className="inline-flex max-w-full items-center gap-1.5">
          {run.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          <span className="truncate text-ink-soft" title={run.note || run.title}>
            {run.note || <span className="font-mono text-xs">{run.title}</span>}
          </span>
        </span>
      </Td>
      <Td mono className="hidden @4xl:table-cell">
        {run.commit ? `${run.commit.slice(0, 7)}${run.dirty ? ` +${run.dirty}` : ''}` : '—'}
      </Td>
      <Td end>{familyOf(run.family).made?.(run)}</Td>
      <Td end mono className="hidden @3xl:table-cell">
        {count(familyOf(run.family).cost?.(run) ?? null)}
      </Td>
      <Td end>
        {run.startedAt !== null && run.endedAt !== null
          ? duration(run.endedAt - run.startedAt)
          : ''}
      </Td>
      <Td end className="text-ink-dim">
        <RelativeTime at={run.createdAt} />
      </Td>
    </tr>
  );
}

/** Matching deployments, newest first, a page at a time; several can be marked. */
export function HistoryList({ filter, withProject, empty }: HistoryListProps) {
  const pages = useInfiniteQuery(
    api.history.list.infiniteOptions({
      input: (before: number | undefined) => ({
        ...filter,
        before,
        limit: 50,
        count: before === undefined,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (previous) => previous,
    }),
  );
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const ids = useMemo(() => runs.map(({ id }) => id), [runs]);
  const selection = useSelection(ids);
  // A page may be short although more exist: matches are rare.
  const short = data !== undefined && runs.length < 20 && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (short) void fetchNextPage();
  }, [short, fetchNextPage]);

  if (pages.error) {
    return <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (!data || (runs.length === 0 && hasNextPage)) return <Skeleton rows={6} />;
  if (runs.length === 0) return empty;
  const total = data.pages[0]?.count;
  return (
    <div className="@container flex flex-col gap-3">
      <p role="status" className="text-xs text-ink-dim">
        {total && `${total.exact ? '' : 'at least '}${plural(total.n, 'deployment')}`}
      </p>
      <SelectedRuns runs={runs.filter(({ id }) => selection.has(id))} selection={selection} />
      <RowTable
        label="Deployments"
        head={
          <>
            <Th className="w-9 pr-0">
              <SelectAllBox all={ids} selection={selection} />
            </Th>
            <Th className="w-9 pr-0">
              <span className="sr-only">State</span>
            </Th>
            <Th priority={0}>Number</Th>
            {withProject && <Th priority={1}>Project</Th>}
            <Th priority={0}>Result</Th>
            <Th priority={2}>Network</Th>
            <Th className="hidden @2xl:table-cell" priority={5}>
              What or note
            </Th>
            <Th className="hidden @4xl:table-cell" priority={6}>
              Commit
            </Th>
            <Th end priority={3}>
              Contracts
            </Th>
            <Th end className="hidden @3xl:table-cell" priority={7}>
              Gas
            </Th>
            <Th end priority={4}>
              Took
            </Th>
            <Th end priority={1}>
              When
            </Th>
          </>
        }
        count={runs.length}
        keyOf={(index) => runs[index]?.id ?? index}
      >
        {(index) => {
          const run = runs[index];
          return (
            run && <Row run={run} index={index} withProject={withProject} selection={selection} />
          );
        }}
      </RowTable>
      {hasNextPage && (
        <Button
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </div>
  );
}
