import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Link } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { api } from '../../../core/client.ts';
import { attentionPath, deploymentPath } from '../../../core/paths.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { Button } from '../../../ui/button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { useRunActions } from '../run/use-run-actions.ts';

/** The others are a click away. */
const MOST = 3;

function Row({ run }: { run: Deployment }) {
  const { busy, retry } = useRunActions(run);
  const name = `${run.project.name} #${run.number}`;
  const failed = run.status === 'failed';
  return (
    <li className="flex items-center gap-3 border-line px-3.5 py-2.5 not-first:border-t">
      <StatusIcon run={run} size={16} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">
          <Link href={deploymentPath(run.id)} className="font-semibold nums hover:underline">
            {name}
          </Link>{' '}
          {failed ? 'failed' : 'was interrupted'} on {run.target}
        </p>
        <p data-selectable className="truncate text-xs text-ink-dim" title={run.failure?.message}>
          {run.failure?.message}
        </p>
      </div>
      <span className="shrink-0 text-xs text-ink-dim">
        <RelativeTime at={run.endedAt ?? run.createdAt} />
      </span>
      <Button
        size="sm"
        aria-label={`Retry ${name}`}
        icon={<RotateCw aria-hidden="true" size={14} />}
        busy={busy === 'retry'}
        onClick={retry}
      >
        Retry
      </Button>
    </li>
  );
}

/** Runs that failed and wait for an answer, on the overview; nothing while there are none. */
export function NeedsYou() {
  const input = { needsAttention: true, limit: MOST };
  const page = useQuery(api.deployments.list.queryOptions({ input })).data;
  if (!page || page.items.length === 0) return null;
  const others = page.total - page.items.length;
  return (
    <Section
      title="Needs you"
      aside={
        others > 0 && (
          <Link href={attentionPath} className="hover:underline">
            {others} more
          </Link>
        )
      }
    >
      <ul aria-label="Needs you" className="rounded-lg border border-line bg-panel">
        {page.items.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </ul>
    </Section>
  );
}
