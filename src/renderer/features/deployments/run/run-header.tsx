import { TriangleAlert, X } from 'lucide-react';
import { Link } from 'wouter';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runTone } from '../../../core/words/run-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { duration } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { toneText } from '../../../ui/state-dot.tsx';
import { attemptWords } from './attempt-words.ts';
import { useHeadline } from './use-headline.ts';
import { useRunActions } from './use-run-actions.ts';

function Started({ run }: { run: DeploymentDetail }) {
  const running = run.status === 'running';
  const now = useNow(running ? 'fast' : false);
  const at = run.startedAt ?? run.createdAt;
  if (running && now - at < 60_000) {
    return <span className="nums">started {(Math.max(0, now - at) / 1000).toFixed(1)} s ago</span>;
  }
  const spent = run.endedAt !== null && run.startedAt !== null ? run.endedAt - run.startedAt : null;
  return (
    <>
      {spent !== null && <span className="nums">in {duration(spent)} · </span>}
      <RelativeTime at={run.endedAt ?? at} />
    </>
  );
}

/** `#215`, its current phase, its start, and Cancel while that is possible. */
export function RunHeader({ run }: { run: DeploymentDetail }) {
  const { busy, cancel } = useRunActions(run);
  const headline = useHeadline(run);
  const ended = isFinal(run.status);
  const attempt = attemptWords(run.attempt);
  const warning = ended ? undefined : run.warnings.at(-1);
  return (
    <div className="flex h-[30px] shrink-0 items-center gap-2.5 text-sm">
      <Link
        href={deploymentPath(run.id)}
        aria-label={`Deployment #${run.number}`}
        className="font-semibold nums hover:underline"
      >
        #{run.number}
      </Link>
      <StatusIcon run={run} />
      <span role="status" className={cx('truncate nums', toneText[runTone(run)])}>
        {headline}
      </span>
      <span className="min-w-0 truncate text-ink-dim">
        <Started run={run} />
      </span>
      {warning && (
        <span
          role="status"
          title={run.warnings.join('\n')}
          className="inline-flex min-w-0 items-center gap-1.5 text-warn"
        >
          <TriangleAlert aria-hidden="true" size={14} className="shrink-0" />
          <span className="truncate">{warning}</span>
        </span>
      )}
      <span className="flex-1" />
      {attempt && <Badge>{attempt}</Badge>}
      {!ended && (
        <Button
          size="sm"
          icon={<X aria-hidden="true" size={14} />}
          busy={busy === 'cancel' || run.status === 'cancelling'}
          onClick={cancel}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}
