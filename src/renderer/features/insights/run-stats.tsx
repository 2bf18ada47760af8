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

/** How often phases had nothing to do, of all times that one that can be skipped came up. */
function cachedShare(phases: RunsInsight['phases']): string {
  const compile = phases.find(({ skipped }) => skipped > 0);
  if (!compile) return '—';
  return `${Math.floor((compile.skipped / (compile.ran + compile.skipped)) * 100)} %`;
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
