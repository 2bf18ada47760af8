import { useEffect } from 'react';
import { useLogTabs } from '../../../core/panel/log-tabs.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { familyOf } from '../../../families/all.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useRun } from '../log/use-run.ts';
import { RunSummary } from './run-summary.tsx';

/** A run on its project's page: its state, its phases, its failure, its result. */
export function RunView({ id }: { id: number }) {
  const { run, error } = useRun(id);
  const openLog = useLogTabs((state) => state.open);
  const number = run?.number;
  const project = run?.project.name;
  useEffect(() => {
    if (number !== undefined && project !== undefined) openLog({ id, number, project }, true);
  }, [id, number, project, openLog]);

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
