import { Rocket } from 'lucide-react';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useLatestRun } from '../../../core/queries/use-latest-run.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { RunView } from '../run/run-view.tsx';
import { useShownRuns } from '../run/shown-run.ts';
import { WatchLine } from '../watch/watch-line.tsx';
import { DeployForm } from './deploy-form.tsx';

/** The form, and the run that it started; after a reload, the latest run. */
export function DeployTab({ project }: { project: number }) {
  const chosen = useShownRuns((state) => state.runs[project]);
  const { latest, isPending, error, refetch } = useLatestRun(project);
  const shown = latest && (chosen === undefined || latest.id > chosen) ? latest.id : chosen;
  return (
    <div className="flex h-full min-h-min flex-col gap-2.5 px-5 py-3.5">
      <DeployForm
        project={project}
        beside={shown !== undefined ? 'a run' : isPending ? 'not known' : 'nothing'}
      />
      <WatchLine project={project} />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {shown !== undefined ? (
        <RunView key={shown} id={shown} />
      ) : (
        !isPending &&
        !error && (
          <EmptyState icon={<Rocket size={22} />} title="Ready for its first deployment">
            Press D to deploy it. The phases, what comes out and the log show here as it goes; R
            takes it all back.
          </EmptyState>
        )
      )}
    </div>
  );
}
