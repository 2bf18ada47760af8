import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Chain, Snapshot } from '#main/features/chains/contract.ts';
import { api } from '../../core/client.ts';
import { lazyPart } from '../../core/feature/lazy-part.tsx';
import { Slot } from '../../core/feature/slot.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { calendar, count, plural, shortCalendar } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useNow } from '../../ui/now.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { foldOlder } from './fold-older.ts';
import type { ChainActions } from './use-chain-actions.tsx';

const SnapshotForm = lazyPart(async () => (await import('./snapshot-form.tsx')).SnapshotForm);

function Mark({ snapshot }: { snapshot: Snapshot }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'absolute top-[11px] left-[3px] z-10 size-3 rounded-full border-2',
        snapshot.current
          ? 'border-accent bg-accent'
          : cx('bg-panel', snapshot.automatic ? 'border-dashed' : '', 'border-ink-dim'),
      )}
    />
  );
}

function Item({ snapshot, actions }: { snapshot: Snapshot; actions: ChainActions }) {
  const now = useNow();
  const about = [
    snapshot.automatic
      ? `${shortCalendar(snapshot.createdAt, now)} · automatic`
      : calendar(snapshot.createdAt, now),
    // The current one leaves room for its button.
    snapshot.deployments.length > 0 && !snapshot.current
      ? plural(snapshot.deployments.length, 'deployment')
      : null,
    snapshot.durable ? null : 'in memory only',
  ];
  return (
    <li
      aria-current={snapshot.current ? 'true' : undefined}
      aria-label={`Snapshot ${snapshot.name}`}
      className="group relative"
    >
      <Mark snapshot={snapshot} />
      <div
        className={cx(
          'ml-[22px] rounded-lg border px-2.5 py-1.5',
          snapshot.current
            ? 'border-line-strong bg-raised'
            : 'border-transparent group-focus-within:bg-hover hover:bg-hover',
        )}
      >
        <div className="flex items-baseline gap-2">
          <span
            className={cx(
              'min-w-0 flex-1 truncate text-sm font-medium',
              snapshot.automatic && !snapshot.current && 'text-ink-soft',
            )}
            title={snapshot.name}
          >
            {snapshot.name}
          </span>
          <span className="font-mono text-2xs text-ink-dim nums group-focus-within:invisible group-hover:invisible">
            #{count(snapshot.blockNumber)}
          </span>
          <span className="pointer-events-none absolute top-1.5 right-2 flex opacity-0 group-focus-within:pointer-events-auto group-focus-within:opacity-100 group-hover:pointer-events-auto group-hover:opacity-100">
            <Slot name="snapshot.actions" snapshot={snapshot} />
            <IconButton
              label={`Delete snapshot ${snapshot.name}`}
              icon={<Trash2 size={13} />}
              className="size-[22px]"
              onClick={() => actions.removeSnapshot(snapshot.id)}
            />
          </span>
        </div>
        <div className="flex min-h-[22px] items-center gap-2">
          <span
            className="min-w-0 flex-1 truncate text-xs text-ink-dim nums"
            title={snapshot.deployments.map((run) => `${run.project} #${run.number}`).join(', ')}
          >
            {about.filter(Boolean).join(' · ')}
          </span>
          <Button
            variant="link"
            icon={<Undo2 aria-hidden="true" size={13} />}
            aria-label={`Revert here: ${snapshot.name}`}
            className={
              snapshot.current
                ? undefined
                : 'absolute right-2 bottom-2 bg-hover pl-2 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100'
            }
            onClick={(event) => {
              if (event.detail < 2) actions.revert(snapshot.id);
            }}
          >
            Revert here
          </Button>
        </div>
      </div>
    </li>
  );
}

/** Scrolls as little as needed, and only the timeline itself. */
function showCurrent(room: HTMLElement): void {
  const item = room.querySelector('[aria-current]')?.getBoundingClientRect();
  if (!item) return;
  const { top, bottom } = room.getBoundingClientRect();
  if (item.top < top) room.scrollTop -= top - item.top;
  else if (item.bottom > bottom) room.scrollTop += item.bottom - bottom;
}

/** The chain's saved states in the order they were taken, and the current one. */
export function SnapshotTimeline({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const [naming, setNaming] = useState(false);
  const snapshots = useQuery(api.chains.snapshots.queryOptions({ input: { chain: chain.name } }));
  const [all, setAll] = useState(false);
  const items = snapshots.data ?? [];
  const shown = all ? items : foldOlder(items);
  const folded = items.length - shown.length;
  const room = useRef<HTMLDivElement>(null);
  const current = items.find((one) => one.current)?.id;
  useEffect(() => {
    if (current !== undefined && room.current) showCurrent(room.current);
  }, [current]);
  return (
    <Section
      title="Snapshots"
      aside={
        <>
          {chain.savedAt !== null && (
            <span className="truncate">
              saved to disk <RelativeTime at={chain.savedAt} />
            </span>
          )}
          <IconButton
            label="Take a named snapshot"
            icon={<Plus size={15} />}
            disabled={chain.status !== 'running'}
            aria-expanded={naming}
            onClick={() => setNaming(!naming)}
          />
        </>
      }
    >
      {naming && <SnapshotForm actions={actions} onDone={() => setNaming(false)} />}
      {snapshots.error && <ProblemNotice error={snapshots.error} />}
      {folded > 0 && (
        <Button variant="link" className="mb-1 self-start" onClick={() => setAll(true)}>
          Show {folded} older automatic ones
        </Button>
      )}
      {items.length > 0 ? (
        <div
          ref={room}
          className="-m-1 max-h-[max(12rem,calc(100vh-28rem))] overflow-y-auto overscroll-contain p-1"
        >
          <ol aria-label="Snapshot timeline" className="relative flex flex-col gap-1">
            <span
              aria-hidden="true"
              className="absolute top-4 bottom-6 left-[8.5px] w-px bg-line-strong"
            />
            {shown.map((snapshot) => (
              <Item key={snapshot.id} snapshot={snapshot} actions={actions} />
            ))}
          </ol>
        </div>
      ) : (
        snapshots.data && (
          <p className="rounded-lg border border-dashed border-line-strong px-3 py-4 text-sm text-ink-dim">
            A snapshot keeps the whole chain as it is now. Press S to take one; go back to it as
            often as you like, also after a restart.
          </p>
        )
      )}
    </Section>
  );
}
