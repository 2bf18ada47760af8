import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { HistoryFilter, SearchHit } from '#main/features/history/contract.ts';
import { api } from '../../core/client.ts';
import { jumpTo } from '../../core/panel/log-jump.ts';
import { logTabOf } from '../../core/panel/log-tab.ts';
import { deploymentPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { StatusIcon } from '../../core/words/run-icon.tsx';
import { runTone, runWord } from '../../core/words/run-words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toneText } from '../../ui/state-dot.tsx';
import { MarkedText } from './marked-text.tsx';

function Hit({ hit }: { hit: SearchHit }) {
  const { deployment: run, seq, snippet, marks } = hit;
  const show = () => {
    if (seq !== null) jumpTo(logTabOf(run, true), seq);
  };
  return (
    <li className="relative border-b border-line px-4 py-2.5 last:border-b-0 focus-within:bg-hover hover:bg-hover">
      <div className="flex items-center gap-2 text-sm">
        <StatusIcon run={run} />
        <Link
          href={deploymentPath(run.id)}
          onClick={show}
          className="font-semibold nums outline-none after:absolute after:inset-0"
        >
          {run.project.name} #{run.number}
        </Link>
        <span className={toneText[runTone(run)]}>{runWord(run)}</span>
        <span className="text-ink-dim">on {run.target}</span>
        <span className="flex-1" />
        <span className="text-xs text-ink-dim">
          {seq !== null && 'in the log · '}
          <RelativeTime at={run.createdAt} />
        </span>
      </div>
      <p className="mt-1 font-mono text-xs break-words text-ink-soft">
        <MarkedText text={snippet} marks={marks} />
      </p>
    </li>
  );
}

/** The hits, newest first; a hit in a log opens it at that line. */
export function SearchResults({ text, filter }: { text: string; filter: HistoryFilter }) {
  const pages = useInfiniteQuery(
    api.history.search.infiniteOptions({
      input: (cursor: number | undefined) => ({ ...filter, text, cursor, limit: 20 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (previous) => previous,
    }),
  );
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const hits = data?.pages.flatMap((page) => page.hits) ?? [];
  const short = data !== undefined && hits.length < 10 && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (short) void fetchNextPage();
  }, [short, fetchNextPage]);

  if (pages.error) {
    return <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  const last = data?.pages.at(-1);
  if (!last || (hits.length === 0 && hasNextPage)) return <Skeleton rows={5} />;
  const rest =
    last.unindexed > 0 && `${plural(last.unindexed, 'deployment')} will be searchable in a moment.`;
  if (hits.length === 0) {
    return (
      <EmptyState icon={<SearchX size={22} />} title="Nothing was found">
        {last.problem ??
          'Words are found at their beginning, also inside camelCase; all of them must be there. Put a phrase in double quotes.'}{' '}
        {rest}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <ul
        aria-label="Found"
        className={`rounded-lg border border-line bg-panel ${pages.isPlaceholderData ? 'opacity-60' : ''}`}
      >
        {hits.map((hit) => (
          <Hit key={hit.deployment.id} hit={hit} />
        ))}
      </ul>
      {rest && <p className="text-xs text-ink-dim">{rest}</p>}
      {hasNextPage && (
        <Button
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Search further back
        </Button>
      )}
    </div>
  );
}
