import type { RunsInsight } from './contract.ts';
import type { DayCount, InsightsStore, MeasuredRun } from './store.ts';

type Outcomes = RunsInsight['total'];
type Spread = NonNullable<RunsInsight['duration']>;

const none = (): Outcomes => ({ succeeded: 0, failed: 0, cancelled: 0 });

/** What runs tell together. @param days that end with the day of `now` */
export function runsInsight(
  store: InsightsStore,
  { days, project, now }: { days: number; project: number | null; now: Date },
): RunsInsight {
  const dates = lastDays(now, days);
  const since = (dates[0] as Date).getTime();
  const counts = store.counts(since, project);
  const measured = store.measured(since, project);
  const succeeded = measured.filter(({ status }) => status === 'succeeded');
  const unsteady = new Map(
    store.unsteady(since, project).map(({ projectId, unsteady }) => [projectId, unsteady]),
  );
  return {
    since,
    total: outcomes(counts),
    days: dates.map((date) => {
      const day = dayOf(date);
      return { day, ...outcomes(counts.filter((count) => count.day === day)) };
    }),
    duration: spread(succeeded.map(({ durationMs }) => durationMs)),
    phases: phases(measured),
    projects: [...Map.groupBy(counts, ({ projectId }) => projectId)]
      .map(([id, own]) => ({
        project: { id, name: own[0]?.project ?? '' },
        ...outcomes(own),
        duration: spread(
          succeeded.filter(({ projectId }) => projectId === id).map(({ durationMs }) => durationMs),
        ),
        unsteady: unsteady.get(id) ?? 0,
      }))
      .toSorted((one, other) => all(other) - all(one)),
    measured: measured.length,
  };
}

const all = ({ succeeded, failed, cancelled }: Outcomes) => succeeded + failed + cancelled;

function outcomes(counts: readonly DayCount[]): Outcomes {
  const sum = none();
  for (const { status, count } of counts) {
    if (status === 'succeeded' || status === 'cancelled') sum[status] += count;
    // Interrupted ones failed, too: nothing of them is in place.
    else sum.failed += count;
  }
  return sum;
}

function phases(runs: readonly MeasuredRun[]): RunsInsight['phases'] {
  const byId = Map.groupBy(
    runs.flatMap((run) => run.phases),
    ({ id }) => id,
  );
  return [...byId]
    .map(([id, own]) => {
      const done = own.filter(({ status }) => status === 'done');
      return {
        id,
        ran: own.filter(({ status }) => status === 'done' || status === 'failed').length,
        skipped: own.filter(({ status }) => status === 'skipped').length,
        duration: spread(done.map(({ durationMs }) => durationMs ?? 0)),
      };
    })
    .filter(({ ran, skipped }) => ran + skipped > 0)
    .toSorted((one, other) => (other.duration?.median ?? 0) - (one.duration?.median ?? 0));
}

/** By the nearest rank: of an even number the lower one is the median. */
function spread(durations: readonly number[]): Spread | null {
  const sorted = durations.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.max(Math.ceil(sorted.length * part) - 1, 0)];
  const median = at(0.5);
  const p90 = at(0.9);
  return median === undefined || p90 === undefined ? null : { median, p90 };
}

/** The beginnings of days, in the time of this machine, whose clocks may change in between. */
const lastDays = (now: Date, days: number): Date[] =>
  Array.from(
    { length: days },
    (_, index) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1 + index),
  );

const dayOf = (date: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
