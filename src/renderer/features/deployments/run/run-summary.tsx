import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/run.ts';
import { Slot } from '../../../core/feature/slot.tsx';
import { familyOf } from '../../../families/all.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { EndedCard } from './ended-card.tsx';
import { RunHeader } from './run-header.tsx';
import { Stepper } from './stepper.tsx';

/**
 * What a run is doing or how it ended. While it runs, its warnings are in the header, where nothing
 * has to move for them; afterwards they are separate.
 */
export function RunSummary({ run }: { run: DeploymentDetail }) {
  const progress = familyOf(run.family).progress?.(run);
  return (
    <>
      <RunHeader run={run} />
      <Stepper
        kind={run.kind}
        phases={run.phases}
        progress={progress ? progress.done / progress.total : 0}
        end={run.live === false ? 'gone' : run.status === 'cancelled' ? 'cancelled' : undefined}
      />
      <EndedCard run={run} />
      {isFinal(run.status) &&
        [...new Set(run.warnings)].map((warning) => (
          <ErrorNotice key={warning} tone="warn" message={warning} />
        ))}
      {isFinal(run.status) && <Slot name="run.ended" run={run} />}
    </>
  );
}
