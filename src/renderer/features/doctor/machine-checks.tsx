import { Link } from 'wouter';
import { doctorPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CheckIcon } from './check-icon.tsx';
import { useDoctor } from './use-doctor.ts';

/** The checks that have an answer for a newcomer: what is there to deploy with. */
const MOST = 5;

/** What this machine has to deploy with, in a line each. */
export function MachineChecks() {
  const { data, error, refetch } = useDoctor();
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return (
    <>
      <ul aria-label="This machine" className="flex flex-col gap-1.5 text-sm">
        {data.checks.slice(0, MOST).map(({ id, title, status, detail, remedy }) => (
          <li key={id} className="flex gap-2">
            <CheckIcon status={status} />
            <span className="min-w-0 break-words">
              {title} <span className="text-ink-dim">{detail}</span>
              {remedy && <span className="block">{remedy}</span>}
            </span>
          </li>
        ))}
      </ul>
      <Link
        href={doctorPath}
        className="mt-2 inline-block text-sm text-ink-soft underline underline-offset-2 hover:text-ink"
      >
        All checks
      </Link>
    </>
  );
}
