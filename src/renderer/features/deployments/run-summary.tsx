import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { EndedCard } from './ended-card.tsx';
import { isFinal } from './final-status.ts';
import { RunHeader } from './run-header.tsx';
import { landed } from './run-headline.ts';
import { Stepper } from './stepper.tsx';

/**
 * What a run does or how it ended. While it runs, its warnings stand in the header, where nothing
 * has to move for them; afterwards they stand on their own.
 */
export function RunSummary({ run }: { run: DeploymentDetail }) {
  const total = run.transactions.length;
  return (
    <>
      <RunHeader run={run} />
      <Stepper
        phases={run.phases}
        broadcast={total > 0 ? landed(run) / total : 0}
        end={run.live === false ? 'gone' : run.status === 'cancelled' ? 'cancelled' : undefined}
      />
      <EndedCard run={run} />
      {isFinal(run.status) &&
        [...new Set(run.warnings)].map((warning) => (
          <ErrorNotice key={warning} tone="warn" message={warning} />
        ))}
    </>
  );
}
