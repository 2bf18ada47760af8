import { Eye } from 'lucide-react';
import { Link } from 'wouter';
import type { Watch } from '#main/features/watches/contract.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWatchMode } from './use-watch.ts';

const doing = ({ state, files, target }: Watch): string => {
  if (state === 'deploying') return `Deploying to ${target}`;
  return `Watching ${files === 1 ? '1 file' : `${files} files`} for ${target}`;
};

/** What becomes of the changes of a project that is watched. */
export function WatchLine({ project }: { project: number }) {
  const { watch, busy, restart } = useWatchMode(project);
  if (!watch) return null;
  const { state, good, problem } = watch;
  return (
    <>
      <p role="status" className="flex shrink-0 items-center gap-2 text-sm text-ink-soft">
        <Eye aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
        <span>{doing(watch)}</span>
        {good && (
          <span>
            <Link href={deploymentPath(good.id)} className="underline underline-offset-2">
              #{good.number}
            </Link>{' '}
            is in place
          </span>
        )}
      </p>
      {problem !== null && state !== 'deploying' && (
        <ErrorNotice
          tone="warn"
          message={good ? `The last change is not in place. ${problem}` : problem}
        >
          {state === 'held' && (
            <Button size="sm" busy={busy} onClick={restart}>
              Go on from here
            </Button>
          )}
        </ErrorNotice>
      )}
    </>
  );
}
