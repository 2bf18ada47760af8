import { useInfiniteQuery } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { HistoryFilter, HistoryItem } from '#main/features/history/contract.ts';
import { api } from '../../core/client.ts';
import { deploymentPath, diffPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { StatusIcon } from '../../core/words/run-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { familyOf } from '../../families/all.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { count, duration, plural } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toneText } from '../../ui/state-dot.tsx';
import { Td, Th } from '../../ui/table.tsx';

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
  marked,
  onMark,
}: {
  run: HistoryItem;
  index: number;
  withProject: boolean;
  marked: boolean;
  onMark(): void;
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
        <Checkbox
          aria-label={`Compare #${run.number} of ${run.project.name}`}
          title="Mark two to compare them"
          checked={marked}
          onClick={(event) => event.stopPropagation()}
          onChange={onMark}
          className="block"
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

/** Matching deployments, newest first, a page at a time; two of them can be compared. */
export function HistoryList({ filter, withProject, empty }: HistoryListProps) {
  const [, navigate] = useLocation();
  const [marked, setMarked] = useState<HistoryItem[]>([]);
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
  const runs = data?.pages.flatMap((page) => page.items) ?? [];
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
  const mark = (run: HistoryItem) =>
    setMarked(
      marked.some((one) => one.id === run.id)
        ? marked.filter((one) => one.id !== run.id)
        : [...marked.slice(-1), run],
    );
  const [one, other] = marked.toSorted((a, b) => a.id - b.id);
  return (
    <div className="@container flex flex-col gap-3">
      <div className="flex min-h-[26px] items-center justify-between gap-3 text-xs text-ink-dim">
        <span role="status">
          {total && `${total.exact ? '' : 'at least '}${plural(total.n, 'deployment')}`}
        </span>
        {one && other ? (
          <Button size="sm" onClick={() => navigate(diffPath(one.id, other.id))}>
            Compare #{one.number} with #{other.number}
          </Button>
        ) : (
          one && <span>Mark another one to compare it with #{one.number}</span>
        )}
      </div>
      <RowTable
        label="Deployments"
        head={
          <>
            <Th className="w-9 pr-0">
              <span className="sr-only">Compare</span>
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
            run && (
              <Row
                run={run}
                index={index}
                withProject={withProject}
                marked={marked.some(({ id }) => id === run.id)}
                onMark={() => mark(run)}
              />
            )
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
