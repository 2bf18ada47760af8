import { Eye } from 'lucide-react';
import { Link } from 'wouter';
import type { Watch } from '#main/features/watches/contract.ts';
import type { BriefRef } from '#main/shared/refs.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWatchMode } from './use-watch.ts';

const doing = ({ state, files, target }: Watch): string => {
  if (state === 'deploying') return `Deploying to ${target}`;
  return `Watching ${files === 1 ? '1 file' : `${files} files`} for ${target}`;
};

const RunLink = ({ run: { id, number } }: { run: BriefRef }) => (
  <Link href={deploymentPath(id)} className="underline underline-offset-2">
    #{number}
  </Link>
);

/** What becomes of the changes of a project that is watched. */
export function WatchLine({ project }: { project: number }) {
  const { watch, busy, restart } = useWatchMode(project);
  if (!watch) return null;
  const { state, good, run, problem } = watch;
  // Its page tells why.
  const failed = state === 'waiting' && run !== null && run.id !== good?.id ? run : null;
  return (
    <>
      <p role="status" className="flex shrink-0 flex-wrap items-center gap-2 text-sm text-ink-soft">
        <Eye aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
        <span>{doing(watch)}</span>
        {good && (
          <span>
            <RunLink run={good} /> is in place
          </span>
        )}
        {failed && (
          <span className="text-warn">
            {good ? 'The last change is not' : 'Nothing is in place'}: <RunLink run={failed} />{' '}
            failed
          </span>
        )}
      </p>
      {problem !== null && !failed && state !== 'deploying' && (
        <ErrorNotice tone="warn" message={problem}>
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
