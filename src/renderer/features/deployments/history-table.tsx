import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Deployment, DeploymentStatus } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { count, duration } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toneText } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { deploymentPath } from './deployment-path.ts';
import { StatusIcon } from './status-icon.tsx';
import { runTone, runWord } from './status-words.ts';

interface HistoryTableProps {
  /** Only this project's; its column is left out. */
  project?: number;
  network?: string;
  status?: DeploymentStatus;
  /** Only so many, without a way to more. */
  latest?: number;
  /** Shown when there is nothing. */
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
      <Td>{run.network}</Td>
      <Td mono className="hidden max-w-64 truncate @2xl:table-cell">
        {run.script}
      </Td>
      <Td mono className="hidden @4xl:table-cell">
        {run.commit ? `${run.commit.slice(0, 7)}${run.dirty ? ` +${run.dirty}` : ''}` : '—'}
      </Td>
      <Td end>{run.contractCount}</Td>
      <Td end mono className="hidden @3xl:table-cell">
        {count(run.gasUsed)}
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
        network,
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
            <Th>Number</Th>
            {withProject && <Th>Project</Th>}
            <Th>Result</Th>
            <Th>Network</Th>
            <Th className="hidden @2xl:table-cell">Script</Th>
            <Th className="hidden @4xl:table-cell">Commit</Th>
            <Th end>Contracts</Th>
            <Th end className="hidden @3xl:table-cell">
              Gas
            </Th>
            <Th end>Took</Th>
            <Th end>When</Th>
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
