import { CircleCheck } from 'lucide-react';
import type { Simulation } from '#main/features/contracts/contract/calls.ts';
import { ErrorCard } from '../../../core/inside/error-card.tsx';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { cx } from '../../../ui/cx.ts';
import { count, plural } from '../../../ui/format.ts';
import { CallChanges } from './call-changes.tsx';
import { CallEvents } from './call-events.tsx';
import { Outcome } from './outcome.tsx';

interface SimulationCardProps {
  network: string;
  result: Simulation;
  names: AddressNames;
  /** It is of a call that was typed before. */
  isStale: boolean;
}

/** What a call would do. */
export function SimulationCard({ network, result, names, isStale }: SimulationCardProps) {
  const { succeeds, error, gas, events, values, blockNumber, changes } = result;
  const facts = [
    gas !== null && `${count(gas)} gas`,
    events && plural(events.length, 'event'),
    `against block ${count(blockNumber)}`,
  ].filter(Boolean);
  return (
    <section
      aria-label="Simulation"
      aria-busy={isStale}
      className={cx('flex min-w-0 flex-col gap-2', isStale && 'opacity-60')}
    >
      {succeeds ? (
        <div className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-ground px-3 py-2.5">
          <p role="status" className="flex flex-wrap items-center gap-x-2 text-sm">
            <CircleCheck aria-hidden="true" size={15} className="shrink-0 text-ok" />
            <span className="font-medium text-ok">Would succeed</span>
            <span className="text-ink-dim nums">{facts.join(' · ')}</span>
          </p>
          {values.length > 0 && (
            <div className="flex min-w-0 items-baseline gap-3 text-xs">
              <span className="text-ink-dim">returns</span>
              <Outcome network={network} outcome={{ values, error: null }} names={names} />
            </div>
          )}
          {changes && <CallChanges changes={changes} of={result.address} names={names} />}
          {events && events.length > 0 && <CallEvents events={events} names={names} />}
        </div>
      ) : (
        <>
          <p role="status" className="text-sm text-ink-soft">
            Would revert, <span className="nums">against block {count(blockNumber)}</span>:
          </p>
          {error && <ErrorCard error={error} names={names} />}
        </>
      )}
    </section>
  );
}
