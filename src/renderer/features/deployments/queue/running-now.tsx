import { X } from 'lucide-react';
import { Link } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { useQueue } from '../../../core/queries/use-queue.ts';
import { useSettings } from '../../../core/queries/use-settings.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runWord } from '../../../core/words/run-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Elapsed } from '../run/elapsed.tsx';
import { useRunActions } from '../run/use-run-actions.ts';
import { whyWaiting } from '../run/why-waiting.ts';

function Row({ run, state }: { run: Deployment; state: string }) {
  const { busy, cancel } = useRunActions(run);
  const name = `${run.project.name} #${run.number}`;
  return (
    <li className="flex items-center gap-3 border-line px-3.5 py-2 text-sm not-first:border-t">
      <StatusIcon run={run} />
      <Link href={deploymentPath(run.id)} className="truncate font-semibold nums hover:underline">
        {name}
      </Link>
      <Badge>{run.target}</Badge>
      <span className="min-w-0 flex-1 truncate text-ink-dim">{state}</span>
      <span className="shrink-0 font-mono text-xs text-ink-dim">
        <Elapsed since={run.startedAt ?? run.createdAt} />
      </span>
      <IconButton
        label={`Cancel ${name}`}
        icon={<X size={15} />}
        disabled={busy !== null || run.status === 'cancelling'}
        onClick={cancel}
      />
    </li>
  );
}

/** What runs and what waits, on the overview; nothing while all is quiet. */
export function RunningNow() {
  const { data: queue } = useQueue();
  const atOnce = useSettings().settings?.concurrentRuns ?? 1;
  if (!queue || queue.running.length + queue.waiting.length === 0) return null;
  return (
    <Section title="Running" aside={`${queue.running.length} of ${atOnce} at once`}>
      <ul aria-label="Running and waiting" className="rounded-lg border border-line bg-panel">
        {queue.running.map((run) => (
          <Row key={run.id} run={run} state={runWord(run)} />
        ))}
        {queue.waiting.map((run) => (
          <Row key={run.id} run={run} state={`Queued: ${whyWaiting(run, queue, atOnce)}`} />
        ))}
      </ul>
    </Section>
  );
}
