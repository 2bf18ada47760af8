import type { ReactNode } from 'react';
import type { RunsInsight } from '#main/features/insights/contract.ts';
import { successRate } from '#main/shared/success-rate.ts';
import { duration } from '../../ui/format.ts';

function Stat({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-2xs text-ink-dim">{name}</dt>
      <dd className="mt-0.5 text-sm font-semibold whitespace-nowrap nums">{children}</dd>
    </div>
  );
}

/** How often phases that can be skipped had nothing to do. */
function cachedShare(phases: RunsInsight['phases']): string {
  const skippable = phases.filter(({ skipped }) => skipped > 0);
  const skipped = skippable.reduce((sum, phase) => sum + phase.skipped, 0);
  const all = skippable.reduce((sum, phase) => sum + phase.ran + phase.skipped, 0);
  return all === 0 ? '—' : `${Math.floor((skipped / all) * 100)} %`;
}

/** Runs in three numbers. */
export function RunStats({ insight }: { insight: RunsInsight }) {
  const { succeeded, failed } = insight.total;
  return (
    <dl aria-label="Deployments in numbers" className="flex shrink-0 gap-6">
      <Stat name="Succeeded">
        {succeeded} of {succeeded + failed}
        {succeeded + failed > 0 && (
          <span className="font-normal text-ink-dim"> · {successRate(insight.total)}</span>
        )}
      </Stat>
      <Stat name="Median">{insight.duration ? duration(insight.duration.median) : '—'}</Stat>
      <Stat name="Cached builds">{cachedShare(insight.phases)}</Stat>
    </dl>
  );
}
