import { Ban, CircleCheck, CircleDashed, CircleSlash, CircleX, Undo2 } from 'lucide-react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { runWord } from './run-words.ts';

export function StatusIcon({
  run,
  size = 15,
}: {
  run: Pick<Deployment, 'status' | 'live'>;
  size?: number;
}) {
  const named = { size, role: 'img', 'aria-label': runWord(run), className: 'shrink-0' };
  switch (run.status) {
    case 'queued':
      return <CircleDashed {...named} className="shrink-0 text-ink-dim" />;
    case 'running':
    case 'cancelling':
      return <Spinner size={size} />;
    case 'succeeded':
      return run.live === false ? (
        <Undo2 {...named} className="shrink-0 text-ink-dim" />
      ) : (
        <CircleCheck {...named} className="shrink-0 text-ok" />
      );
    case 'failed':
      return <CircleX {...named} className="shrink-0 text-bad" />;
    case 'cancelled':
      return <Ban {...named} className="shrink-0 text-warn" />;
    case 'interrupted':
      return <CircleSlash {...named} className="shrink-0 text-warn" />;
  }
}
