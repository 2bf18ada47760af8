import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { DeploymentStatus } from '#main/shared/run.ts';
import { api } from '../../../core/client.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runTone, runWord } from '../../../core/words/run-words.ts';
import { familyOf } from '../../../families/all.ts';
import { Button } from '../../../ui/button.tsx';
import { count, duration } from '../../../ui/format.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toneText } from '../../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';

interface HistoryTableProps {
  /** Only this project's; its column is omitted. */
  project?: number;
  network?: string;
  status?: DeploymentStatus;
  /** Only this many, without paging. */
  latest?: number;
  /** Shown when there are none. */
  empty: ReactNode;
}

function Row({ run, withProject }: { run: Deployment; withProject: boolean }) {
  const [, navigate] = useLocation();
  return (
    // The number is the link for keyboards; the row only makes it a larger target for a mouse.
    <tr
      className="group cursor-pointer hover:bg-hover"
      onClick={() => navigate(deploymentPath(run.id))}
    >
      <Td className="w-9 pr-0">
        <StatusIcon run={run} />
      </Td>
      <Td>
        <Link
          href={deploymentPath(run.id)}
          aria-label={`Deployment #${run.number} of ${run.project.name}`}
          className="font-semibold nums hover:underline"
        >
          #{run.number}
        </Link>
      </Td>
      {withProject && <Td>{run.project.name}</Td>}
      <Td className={toneText[runTone(run)]}>{runWord(run)}</Td>
      <Td>{run.target}</Td>
      <Td mono className="hidden max-w-64 truncate @2xl:table-cell">
        {run.title}
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

/** Deployments, newest first, a page at a time. */
export function HistoryTable({ project, network, status, latest, empty }: HistoryTableProps) {
  const pages = useInfiniteQuery(
    api.deployments.list.infiniteOptions({
      input: (before: number | undefined) => ({
        project,
        target: network,
        status,
        before,
        limit: latest ?? 50,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  if (pages.error) {
    return <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (!pages.data) return <Skeleton rows={6} />;
  const runs = pages.data.pages.flatMap((page) => page.items);
  if (runs.length === 0) return empty;
  const withProject = project === undefined;
  return (
    <div className="@container flex flex-col gap-3">
      <Table label="Deployments">
        <thead>
          <tr>
            <Th className="w-9 pr-0">
              <span className="sr-only">State</span>
            </Th>
            <Th priority={0}>Number</Th>
            {withProject && <Th>Project</Th>}
            <Th priority={0}>Result</Th>
            <Th priority={2}>Network</Th>
            <Th className="hidden @2xl:table-cell" priority={5}>
              What
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
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} withProject={withProject} />
          ))}
        </tbody>
      </Table>
      {pages.hasNextPage && latest === undefined && (
        <Button
          className="self-center"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </div>
  );
}
