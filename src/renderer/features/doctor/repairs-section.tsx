import { useQuery } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useReconcile } from './use-reconcile.ts';

/** Drydock's automatic repairs, newest first. */
export function RepairsSection() {
  const repairs = useQuery(api.doctor.repairs.queryOptions({ input: { limit: 50 } }));
  const { busy, reconcile } = useReconcile();
  return (
    <Section
      title="Recent repairs"
      aside={
        <Button
          size="sm"
          icon={<Wrench aria-hidden="true" size={14} />}
          busy={busy}
          onClick={reconcile}
        >
          Check now
        </Button>
      }
    >
      <p className="text-sm text-ink-dim">
        At every start and every minute, Drydock compares its records with the runs, chains,
        processes and files that are really there, and puts right what differs.
      </p>
      {repairs.error && (
        <ProblemNotice error={repairs.error} onRetry={() => void repairs.refetch()} />
      )}
      {!repairs.data && !repairs.error && <Skeleton rows={2} />}
      {repairs.data?.length === 0 && (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-3 text-sm text-ink-dim">
          Nothing had to be repaired so far.
        </p>
      )}
      {repairs.data && repairs.data.length > 0 && (
        <ol aria-label="Repairs" className="rounded-lg border border-line bg-panel">
          {repairs.data.map((repair) => (
            <li
              key={repair.id}
              data-repair={repair.id}
              className="flex gap-4 border-line px-4 py-2 text-sm not-first:border-t"
            >
              <p data-selectable className="min-w-0 flex-1 break-words">
                {repair.text}
              </p>
              <span className="shrink-0 text-xs leading-5 text-ink-dim">
                <RelativeTime at={repair.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
