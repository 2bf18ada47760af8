import { Download, ListFilter, Pause, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import type { ContractEvents } from '#main/features/contracts/contract/events.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';
import { blockPath, transactionPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { count, shortHex } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { useNames } from '../use-names.ts';
import { EventFilterFields, type TypedFilter } from './event-filter-fields.tsx';
import { exportEvents } from './export-events.ts';
import { type EventFilter, useEvents } from './use-events.ts';

const everything: TypedFilter = { event: null, where: {} };

const filterOf = ({ event, where }: TypedFilter): EventFilter => ({
  event: event ?? undefined,
  where: Object.fromEntries(Object.entries(where).filter(([, value]) => value.trim() !== '')),
});

/** What a contract writes, live, filtered if wanted. */
export function EventsView({ detail }: { detail: ContractDetail }) {
  const { network, address } = detail;
  const [typed, setTyped] = useState(everything);
  const [isFiltering, setIsFiltering] = useState(false);
  const filter = useMemo(() => filterOf(isFiltering ? typed : everything), [isFiltering, typed]);
  const found = useEvents(network, address, filter);
  const names = useNames(network);
  const { busy, run } = useCommands();
  const save = (as: 'csv' | 'json') =>
    void run(as, () =>
      exportEvents({ network, address, filter, name: detail.name ?? shortHex(address) }, as),
    );
  return (
    <section aria-label="Events" className="flex min-h-0 min-w-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line px-3">
        <h2 className="text-sm font-semibold">Events</h2>
        <span className="inline-flex flex-1 items-center gap-1.5 pl-1 text-xs text-ink-dim">
          <StateDot tone={found.isHeld ? 'idle' : 'ok'} />
          {found.isHeld ? 'held' : 'live'}
        </span>
        <IconButton
          label={found.isHeld ? 'Follow the chain' : 'Hold the events'}
          icon={found.isHeld ? <Play size={14} /> : <Pause size={14} />}
          onClick={() => found.hold(!found.isHeld)}
        />
        <IconButton
          label="Filter the events"
          aria-pressed={isFiltering}
          icon={<ListFilter size={14} />}
          onClick={() => setIsFiltering(!isFiltering)}
        />
        <Menu
          label="Export the events"
          items={(['csv', 'json'] as const).map((as) => ({
            label: `Export as ${as.toUpperCase()}`,
            icon: <Download aria-hidden="true" size={14} />,
            disabled: busy !== null,
            onSelect: () => save(as),
          }))}
        />
      </header>
      {isFiltering && (
        <div className="shrink-0 border-b border-line p-3">
          <EventFilterFields detail={detail} filter={typed} onChange={setTyped} />
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {found.error ? (
          <div className="p-3">
            <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
          </div>
        ) : !found.events ? (
          <div className="p-3">
            <Skeleton rows={4} />
          </div>
        ) : (
          <>
            {found.events.length === 0 && (
              <p className="px-3 py-4 text-sm text-ink-dim">
                {filter.event === undefined
                  ? 'It has written no event in these blocks.'
                  : 'No such event in these blocks.'}
              </p>
            )}
            <ol aria-label="Events">
              {found.events.map((event) => (
                <EventRow
                  key={`${event.transactionHash} ${event.logIndex}`}
                  network={network}
                  event={event}
                  names={names}
                />
              ))}
            </ol>
            {found.hasNextPage && (
              <div className="flex p-3">
                <Button
                  size="sm"
                  busy={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {found.events.length > 0 ? 'Load older ones' : 'Look further back'}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}

interface EventRowProps {
  network: string;
  event: ContractEvents['events'][number];
  names: AddressNames;
}

function EventRow({ network, event, names }: EventRowProps) {
  return (
    <li
      style={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 56px' }}
      className="flex min-w-0 flex-col gap-0.5 border-line px-3 py-2 not-first:border-t"
    >
      <div className="flex items-baseline gap-2">
        <Link
          href={transactionPath(network, event.transactionHash)}
          title={event.signature ?? 'its ABI is not known'}
          className="min-w-0 flex-1 truncate text-sm font-medium hover:underline"
        >
          {event.name ?? `unknown ${shortHex(event.topics[0] ?? event.data)}`}
        </Link>
        <Link
          href={blockPath(network, event.blockNumber)}
          className="shrink-0 font-mono text-2xs text-ink-dim nums hover:underline"
        >
          #{count(event.blockNumber)}
        </Link>
      </div>
      <div className="flex flex-wrap gap-x-3 font-mono text-xs">
        {event.arguments.map((value, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
            key={i}
            className="max-w-full min-w-0 break-words"
          >
            <span className="text-ink-dim">{value.name || value.type}</span>{' '}
            <span>{valueText(value, names)}</span>
          </span>
        ))}
      </div>
    </li>
  );
}
