import type { DecodedEvent } from '#main/features/explorer/contract/decoded.ts';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';

/** Of one call. */
const most = 20;

/** The events of a call in short lines. */
export function CallEvents({
  events,
  names,
}: {
  events: readonly DecodedEvent[];
  names: AddressNames;
}) {
  return (
    <ul aria-label="Events of the call" className="flex min-w-0 flex-col gap-0.5 font-mono text-xs">
      {events.slice(0, most).map((event, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is its position
        <li key={i} title={event.signature ?? ''} className="truncate text-ink-soft">
          <span className="text-ink">{event.name ?? 'unknown event'}</span>{' '}
          {event.arguments
            .map((value) => `${value.name || value.type} ${valueText(value, names)}`)
            .join('  ')}
        </li>
      ))}
      {events.length > most && <li className="text-ink-dim">and {events.length - most} more</li>}
    </ul>
  );
}
