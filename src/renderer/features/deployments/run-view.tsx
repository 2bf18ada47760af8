import { useEffect } from 'react';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { FailureCard } from './failure-card.tsx';
import { useLogTabs } from './log-tabs.ts';
import { RunHeader } from './run-header.tsx';
import { landed } from './run-headline.ts';
import { Stepper } from './stepper.tsx';
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
  const total = run.transactions.length;
  return (
    <>
      <RunHeader run={run} />
      <Stepper phases={run.phases} broadcast={total > 0 ? landed(run) / total : 0} />
      {run.failure && <FailureCard run={run.id} failure={run.failure} />}
      {run.warnings.map((warning) => (
        <ErrorNotice key={warning} tone="warn" message={warning} />
      ))}
      <TransactionsTable run={run} />
    </>
  );
}
