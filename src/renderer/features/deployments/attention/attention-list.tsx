import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash, CircleX, Pencil, RotateCw, X } from 'lucide-react';
import { Link } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { api, client } from '../../../core/client.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import type { SlotProps } from '../../../core/feature/slots.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { ReadMore } from '../../../core/problems/docs-link.tsx';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { plural } from '../../../ui/format.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.ts';
import { FailureFix } from '../run/failure-fix.tsx';
import { useRunActions } from '../run/use-run-actions.ts';

function FailedRun({ run }: { run: Deployment }) {
  const { busy, ...actions } = useRunActions(run);
  const name = `${run.project.name} #${run.number}`;
  const failed = run.status === 'failed';
  const Icon = failed ? CircleX : CircleSlash;
  const { failure } = run;
  return (
    <li
      data-run={run.id}
      className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line px-4 py-3 not-first:border-t"
    >
      <Icon
        size={16}
        role="img"
        aria-label={failed ? 'Failed' : 'Interrupted'}
        className={`mt-0.5 shrink-0 ${failed ? 'text-bad' : 'text-warn'}`}
      />
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <h2 className="font-semibold">
            <Link href={deploymentPath(run.id)} className="nums hover:underline">
              {name}
            </Link>
          </h2>
          <span className="text-ink-dim">
            on {run.target} · <RelativeTime at={run.endedAt ?? run.createdAt} />
          </span>
          {failure && (
            <>
              <Badge>
                <span className="font-mono">{failure.code}</span>
              </Badge>
              <ReadMore code={failure.code} />
            </>
          )}
        </div>
        <p data-selectable className="mt-1 text-sm break-words whitespace-pre-line text-ink-soft">
          {failure?.message}
        </p>
        <p className="mt-1 truncate font-mono text-2xs text-ink-dim">{run.title}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <FailureFix failure={failure} retry={actions.retry} />
        <Button
          size="sm"
          aria-label={`Retry ${name}`}
          icon={<RotateCw aria-hidden="true" size={14} />}
          busy={busy === 'retry'}
          onClick={actions.retry}
        >
          Retry
        </Button>
        <Button
          size="sm"
          aria-label={`Edit and retry ${name}`}
          icon={<Pencil aria-hidden="true" size={14} />}
          busy={busy === 'edit'}
          onClick={actions.edit}
        >
          Edit and retry
        </Button>
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Dismiss ${name}`}
          icon={<X aria-hidden="true" size={14} />}
          busy={busy === 'dismiss'}
          onClick={actions.dismiss}
        >
          Dismiss
        </Button>
      </div>
    </li>
  );
}

/** Runs that failed or were interrupted, until the user retries or dismisses them, or the same succeeds. */
export function AttentionList({ project, target }: SlotProps['history.attention']) {
  const { busy, run: act } = useCommands();
  const pages = useInfiniteQuery(
    api.deployments.list.infiniteOptions({
      input: (before: number | undefined) => ({
        ...{ project, target, needsAttention: true, before, limit: 50 },
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  const runs = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const dismissAll = () =>
    act('dismiss', async () => {
      for (const { id } of runs) await client.deployments.dismiss({ id });
      toast.success(`${plural(runs.length, 'run')} dismissed; their records stay in the history`);
    });
  return (
    <div className="flex flex-col gap-3">
      {pages.error && <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />}
      {!pages.data && !pages.error && <Skeleton rows={4} />}
      {pages.data && runs.length === 0 && (
        <EmptyState icon={<CircleCheck size={22} />} title="Nothing needs attention">
          A run that fails or is interrupted is listed here with its cause until it is retried or
          dismissed, or until the same succeeds.
        </EmptyState>
      )}
      {runs.length > 0 && (
        <>
          <div className="flex min-h-[26px] items-center justify-between gap-3 text-xs text-ink-dim">
            <span role="status">{`${plural(total, 'run')} failed and ${total === 1 ? 'waits' : 'wait'} for a decision`}</span>
            {runs.length > 1 && (
              <Button
                size="sm"
                icon={<X aria-hidden="true" size={14} />}
                busy={busy !== null}
                onClick={() => void dismissAll()}
              >
                {`Dismiss ${runs.length < total ? `these ${runs.length}` : `all ${total}`}`}
              </Button>
            )}
          </div>
          <ul aria-label="Needs attention" className="rounded-lg border border-line bg-panel">
            {runs.map((run) => (
              <FailedRun key={run.id} run={run} />
            ))}
          </ul>
        </>
      )}
      {pages.hasNextPage && (
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
