import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { familyOf } from '../../../families/all.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { usePageLog } from '../log/use-page-log.ts';
import { useRun } from '../log/use-run.ts';
import { RunSummary } from './run-summary.tsx';

/** A run on its project's page: its state, its phases, its failure, its result. */
export function RunView({ id }: { id: number }) {
  const { run, error } = useRun(id);
  usePageLog(run);

  if (error) return <ProblemNotice error={error} />;
  if (!run) return <Skeleton rows={4} />;
  const { Result } = familyOf(run.family);
  return (
    <>
      <RunSummary run={run} besideForm />
      <Result run={run} />
    </>
  );
}
