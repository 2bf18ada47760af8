import { Rocket } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { DeployForm } from '../deployments/deploy-form.tsx';
import { RunView } from '../deployments/run-view.tsx';
import { useShownRuns } from '../deployments/shown-run.ts';
import { useLatestRun } from '../deployments/use-latest-run.ts';

/** The form, and the run it started; after a reload, the latest one. */
export function DeployTab({ project }: { project: number }) {
  const chosen = useShownRuns((state) => state.runs[project]);
  const { latest, isPending, error, refetch } = useLatestRun(project);
  const shown = latest && (chosen === undefined || latest.id > chosen) ? latest.id : chosen;
  return (
    <div className="flex h-full min-h-min flex-col gap-2.5 px-5 py-3.5">
      <DeployForm project={project} />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {shown !== undefined ? (
        <RunView key={shown} id={shown} />
      ) : (
        !isPending &&
        !error && (
          <EmptyState icon={<Rocket size={22} />} title="Ready for its first deployment">
            Press D to run the script. The phases, the contracts and the log show here as it goes; R
            takes it all back.
          </EmptyState>
        )
      )}
    </div>
  );
}
