import type { RunsInsight } from '#main/features/insights/contract.ts';
import { plural } from '../../ui/format.ts';

type Day = RunsInsight['days'][number];

const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Of days that the core names in its own time: read as days, wherever the window is. */
const dayText = (day: string): string => dayFormat.format(new Date(`${day}T12:00`));

const all = ({ succeeded, failed, cancelled }: Day): number => succeeded + failed + cancelled;

function words(day: Day): string {
  const parts = [
    day.failed > 0 ? `${day.failed} failed` : null,
    day.cancelled > 0 ? `${day.cancelled} cancelled` : null,
  ].filter((part) => part !== null);
  const total = plural(all(day), 'deployment');
  return `${dayText(day.day)}: ${parts.length > 0 ? `${total}, ${parts.join(', ')}` : total}`;
}

/** Deployments of each day as bars; what failed is on top of them. */
export function DayBars({ days }: { days: readonly Day[] }) {
  const most = Math.max(...days.map(all), 1);
  const total = days.reduce((sum, day) => sum + all(day), 0);
  const first = days[0];
  return (
    <figure
      role="img"
      aria-label={`${plural(total, 'deployment')} in ${plural(days.length, 'day')}`}
      className="min-w-0 flex-1"
    >
      <div className="flex h-16 items-end gap-1">
        {days.map((day) => (
          <div
            key={day.day}
            title={words(day)}
            className="flex h-full min-w-0 flex-1 flex-col justify-end"
          >
            <div
              className="rounded-t-[2px] bg-bad"
              style={{ height: `${(day.failed / most) * 100}%` }}
            />
            <div
              className="border-b border-line-strong bg-ink-dim/60"
              style={{ height: `${((day.succeeded + day.cancelled) / most) * 100}%` }}
            />
          </div>
        ))}
      </div>
      <figcaption aria-hidden="true" className="mt-1.5 flex justify-between text-2xs text-ink-dim">
        <span>{first && dayText(first.day)}</span>
        <span>today</span>
      </figcaption>
    </figure>
  );
}
