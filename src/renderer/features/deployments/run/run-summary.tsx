import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { Slot } from '../../../core/feature/slot.tsx';
import { familyOf } from '../../../families/all.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { EndedCard } from './ended-card.tsx';
import { RunHeader } from './run-header.tsx';
import { RunRequest } from './run-request.tsx';
import { Stepper } from './stepper.tsx';

/**
 * What a run is doing or how it ended; why it failed comes before everything else about it. While it
 * runs, its warnings are in the header, where nothing has to move for them; afterwards they are
 * separate.
 */
export function RunSummary({
  run,
  besideForm = false,
}: {
  run: DeploymentDetail;
  /** The form of its project stands above it. */
  besideForm?: boolean;
}) {
  const progress = familyOf(run.family).progress?.(run);
  return (
    <>
      <div className="flex shrink-0 flex-col">
        <RunHeader run={run} />
        <RunRequest run={run} besideForm={besideForm} />
      </div>
      <EndedCard run={run} />
      <Stepper
        kind={run.kind}
        phases={run.phases}
        progress={progress ? progress.done / progress.total : 0}
        end={run.live === false ? 'gone' : run.status === 'cancelled' ? 'cancelled' : undefined}
      />
      {isFinal(run.status) &&
        [...new Set(run.warnings)].map((warning) => (
          <ErrorNotice key={warning} tone="warn" message={warning} />
        ))}
      {isFinal(run.status) && <Slot name="run.ended" run={run} />}
    </>
  );
}
