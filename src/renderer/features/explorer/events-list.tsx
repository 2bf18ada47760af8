import type { DecodedEvent } from '#main/features/explorer/contract/decoded.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { Values } from '../../core/inside/values.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { eventName } from './trace/trace-row.tsx';

interface EventsListProps {
  network: string;
  events: readonly DecodedEvent[];
  names: AddressNames;
}

/** The events of a transaction that are on the chain, in order. */
export function EventsList({ network, events, names }: EventsListProps) {
  if (events.length === 0) return <p className="text-sm text-ink-dim">It wrote no events.</p>;
  return (
    <ol aria-label="Events" className="rounded-lg border border-line bg-panel">
      {events.map((event, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is its position
        <li key={i} className="flex flex-col gap-1.5 border-line px-3 py-2 not-first:border-t">
          <div className="flex items-baseline gap-2 text-sm">
            <span className="w-6 shrink-0 font-mono text-2xs text-ink-dim nums">
              {event.logIndex ?? i}
            </span>
            <AddressLink network={network} of={event} />
            <span className="pl-5 font-mono text-xs font-semibold" title={event.signature ?? ''}>
              {eventName(event.name, event.topics)}
            </span>
          </div>
          <div className="pl-8">
            <Values label="Values" network={network} values={event.arguments} names={names} />
            {event.name === null && (
              <Copyable
                value={event.data}
                what="data"
                className="text-left break-all whitespace-pre-wrap! text-ink-soft"
              >
                {event.data}
              </Copyable>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
