import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../../core/client.ts';
import { insightsPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DayBars } from './day-bars.tsx';
import { RunStats } from './run-stats.tsx';

const DAYS = 14;

/** Deployments of two weeks, on the overview. */
export function OverviewRuns() {
  const { data, error, refetch } = useQuery(
    api.insights.runs.queryOptions({ input: { days: DAYS } }),
  );
  return (
    <Section
      title="Deployments"
      aside={
        <Link href={insightsPath} className="hover:underline">
          {DAYS} days
        </Link>
      }
    >
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={2} />}
      {data && (
        <div className="flex flex-wrap items-center gap-x-8 gap-y-4 rounded-lg border border-line bg-panel p-4">
          <DayBars days={data.days} />
          <RunStats insight={data} />
        </div>
      )}
    </Section>
  );
}
