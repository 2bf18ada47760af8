import { Power } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { problemOf } from '../problems/problem.ts';
import { FixButton, ProblemNotice } from '../problems/problem-notice.tsx';

/** Why a network can't be looked into, with the remedy; a chain that doesn't run is no failure. */
export function InsideProblem({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { code, message, fix } = problemOf(error);
  if (code !== 'CHAIN_NOT_RUNNING') return <ProblemNotice error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      icon={<Power size={22} />}
      title="This chain does not run"
      action={fix && <FixButton fix={fix} onFixed={onRetry} />}
    >
      {message}
    </EmptyState>
  );
}
