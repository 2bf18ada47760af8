import { useState } from 'react';
import { Link } from 'wouter';
import { fixesOf, headline } from '#main/features/events/contract/words.ts';
import type { Event } from '#main/features/events/contract.ts';
import { FixButton } from '../../core/problems/problem-notice.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { useActivity } from './activity.ts';
import { eventPath } from './event-path.ts';
import { eventTone } from './event-tone.ts';

const rowLook = 'flex items-baseline gap-2.5 px-4 py-2';

/** What can be done about an event at once; one of them is enough. */
function Remedies({ event }: { event: Event }) {
  const [done, setDone] = useState<string>();
  const fixes = fixesOf(event);
  if (fixes.length === 0) return null;
  if (done) return <p className="px-4 pb-2 pl-8 text-xs text-ink-dim">{done}: done</p>;
  return (
    <div className="flex flex-wrap gap-2 px-4 pb-2 pl-8">
      {fixes.map((fix) => (
        <FixButton key={fix.label} fix={fix} onFixed={() => setDone(fix.label)} />
      ))}
    </div>
  );
}

function ActivityRow({ event, onOpen }: { event: Event; onOpen(): void }) {
  const { title, detail, tone } = headline(event);
  const path = eventPath(event);
  const content = (
    <>
      <StateDot tone={eventTone[tone]} />
      <span className="min-w-0 flex-1">
        <span className="block text-sm break-words">{title}</span>
        {detail && <span className="line-clamp-2 text-xs text-ink-dim">{detail}</span>}
      </span>
      <span className="shrink-0 text-2xs text-ink-dim">
        <RelativeTime at={event.at} />
      </span>
    </>
  );
  return (
    <li className="border-b border-line last:border-b-0">
      {path ? (
        <Link href={path} onClick={onOpen} className={`${rowLook} hover:bg-hover`}>
          {content}
        </Link>
      ) : (
        <div className={rowLook}>{content}</div>
      )}
      <Remedies event={event} />
    </li>
  );
}

export function ActivityList({ onOpen }: { onOpen(): void }) {
  const { events } = useActivity();
  if (events.length === 0) {
    return (
      <p className="px-4 py-6 text-sm text-ink-dim">
        Deployments, chains and snapshots appear here as they happen.
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
    <ul aria-label="Activity" tabIndex={0} className="min-h-0 overflow-y-auto -outline-offset-2">
      {events.map((event) => (
        <ActivityRow key={event.seq} event={event} onOpen={onOpen} />
      ))}
    </ul>
  );
}
