import { Link } from 'wouter';
import { headline } from '#main/features/events/contract/words.ts';
import type { Event } from '#main/features/events/contract.ts';
import { historyPath } from '../../core/paths.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { useActivity } from './activity.ts';
import { eventPath } from './event-path.ts';
import { eventTone } from './event-tone.ts';

const MOST = 6;

function Row({ event }: { event: Event }) {
  const { title, detail, tone } = headline(event);
  const path = eventPath(event);
  return (
    <li className="flex items-baseline gap-2.5">
      <StateDot tone={eventTone[tone]} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={title}>
          {path ? (
            <Link href={path} className="hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        {detail && <p className="truncate text-xs text-ink-dim">{detail}</p>}
      </div>
      <span className="shrink-0 text-2xs text-ink-dim">
        <RelativeTime at={event.at} />
      </span>
    </li>
  );
}

/** What happened last, on the overview; what only was set is no news. */
export function RecentEvents() {
  const events = useActivity((state) => state.events)
    .filter(({ type }) => type !== 'settings.changed' && type !== 'deployment.queued')
    .slice(0, MOST);
  if (events.length === 0) return null;
  return (
    <Section
      title="Recent"
      aside={
        <Link href={historyPath} className="hover:underline">
          History
        </Link>
      }
    >
      <ul aria-label="Recent" className="flex flex-col gap-3">
        {events.map((event) => (
          <Row key={event.seq} event={event} />
        ))}
      </ul>
    </Section>
  );
}
