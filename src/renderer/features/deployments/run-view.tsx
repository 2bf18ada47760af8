import { useEffect } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { useLogTabs } from './log-tabs.ts';
import { RunSummary } from './run-summary.tsx';
import { TransactionsTable } from './transactions-table.tsx';
import { useRun } from './use-run.ts';

/** A run on its project's page: what it does, its phases, why it failed, what came of it. */
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
  return (
    <>
      <RunSummary run={run} />
      <TransactionsTable run={run} />
    </>
  );
}
