import { RotateCw } from 'lucide-react';
import type { Check } from '#main/shared/check.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { CheckIcon } from './check-icon.tsx';
import { doctorTone, doctorWord } from './doctor-words.ts';
import { RepairsSection } from './repairs-section.tsx';
import { useDoctor } from './use-doctor.ts';

function CheckItem({ check }: { check: Check }) {
  return (
    <li
      data-check={check.id}
      data-status={check.status}
      className="flex gap-3 border-line px-4 py-3 not-first:border-t"
    >
      <CheckIcon status={check.status} />
      <div className="min-w-0 flex-1">
        <h2 className="text-sm font-medium">{check.title}</h2>
        <p className="text-sm break-words text-ink-dim">{check.detail}</p>
        {check.remedy && <p className="mt-1 text-sm break-words">{check.remedy}</p>}
      </div>
    </li>
  );
}

/** The state of this machine, what is missing, and what to do about it. */
export function DoctorPage() {
  const report = useDoctor();
  return (
    <Page
      title="Doctor"
      about={
        report.data ? (
          <span role="status" className="inline-flex items-center gap-2">
            <StateDot tone={doctorTone[report.data.status]} />
            {doctorWord[report.data.status]}
          </span>
        ) : (
          'Looking at this machine'
        )
      }
      actions={
        <Button
          icon={<RotateCw aria-hidden="true" size={14} />}
          busy={report.isFetching}
          onClick={() => void report.refetch()}
        >
          Check again
        </Button>
      }
    >
      {report.error && <ProblemNotice error={report.error} onRetry={() => void report.refetch()} />}
      {report.data ? (
        <ul
          aria-label="Checks"
          className="max-w-3xl shrink-0 rounded-lg border border-line bg-panel"
        >
          {report.data.checks.map((check) => (
            <CheckItem key={check.id} check={check} />
          ))}
        </ul>
      ) : (
        !report.error && <Skeleton rows={6} />
      )}
      <div className="max-w-3xl">
        <RepairsSection />
      </div>
    </Page>
  );
}
