import { Pin, Undo2 } from 'lucide-react';
import { Link } from 'wouter';
import type { Chain, Snapshot } from '#main/features/chains/contract.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { cx } from '../../../ui/cx.ts';
import { calendar, count, plural, shortCalendar } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu.tsx';
import { useNow } from '../../../ui/now.ts';
import type { ChainActions } from '../use-chain-actions.tsx';
import { LaneLines } from './lane-lines.tsx';
import { besideLanes, laneLeft } from './lane-place.ts';
import { sinceWords } from './since-words.ts';
import type { LaneRow } from './timeline-lanes.ts';
import type { TimelineRow } from './timeline-rows.ts';
import { scaleOf } from './timeline-zoom.ts';
import { type EditSnapshot, useSnapshotMenu } from './use-snapshot-menu.tsx';

const dot = 'absolute z-10 size-3 rounded-full border-2';
/** From a line to the left of its mark, px. */
const HALF_DOT = 6;

/** Filled where the chain is: at the snapshot, or beside the line that tells how far it went on. */
function Mark({ snapshot, isThere, left }: { snapshot: Snapshot; isThere: boolean; left: number }) {
  const look = snapshot.current
    ? cx('border-accent', isThere ? 'bg-accent' : 'bg-panel')
    : cx('border-ink-dim bg-panel', snapshot.automatic && 'border-dashed');
  return <span aria-hidden="true" style={{ left }} className={cx(dot, 'top-[11px]', look)} />;
}

function Now({ chain, isThere, left }: { chain: Chain; isThere: boolean; left: number }) {
  return (
    <>
      {!isThere && (
        <span
          aria-hidden="true"
          style={{ left }}
          className={cx(dot, 'bottom-[11px] border-accent bg-accent')}
        />
      )}
      <p className="h-5 truncate text-xs leading-5 text-ink-soft nums">
        <span className="font-semibold text-accent">Now</span> {sinceWords(chain)}
      </p>
    </>
  );
}

const Heading = ({
  run: { id, project, number, title },
}: {
  run: NonNullable<Snapshot['run']>;
}) => (
  <p className="h-5 truncate px-2.5 text-2xs leading-5 text-ink-dim" title={title}>
    <Link href={deploymentPath(id)} className="font-medium text-ink-soft hover:underline">
      {project} #{number}
    </Link>{' '}
    {title}
  </p>
);

interface SnapshotItemProps {
  row: TimelineRow;
  lanes: LaneRow;
  /** How many lanes there are beside the list. */
  width: number;
  chain: Chain;
  actions: ChainActions;
  onEdit: EditSnapshot;
  /** From 1, of how many. */
  position: number;
  of: number;
}

/** One snapshot in the timeline, exactly as high as its row. */
export function SnapshotItem(props: SnapshotItemProps) {
  const { row, lanes, width, chain, actions, onEdit, position, of } = props;
  const { snapshot, heading, isGrouped, height } = row;
  const [markLeft, marginLeft] = [laneLeft(lanes.lane) - HALF_DOT, besideLanes(width)];
  const { name, note, run, current } = snapshot;
  const now = useNow();
  const items = useSnapshotMenu(snapshot, actions, onEdit);
  const { blocks = null, changed = false } = chain.sinceSnapshot ?? {};
  const isThere = (blocks ?? 0) === 0 && !changed;
  const about = [
    snapshot.automatic ? shortCalendar(snapshot.createdAt, now) : calendar(snapshot.createdAt, now),
    // Of several for one deployment the heading tells it.
    snapshot.automatic ? (!isGrouped && run?.title) || 'automatic' : null,
    // The current one leaves room for its button.
    snapshot.deployments.length > 0 && !current
      ? plural(snapshot.deployments.length, 'deployment')
      : null,
    snapshot.durable ? null : 'in memory only',
  ];
  const live = snapshot.deployments.map((one) => `${one.project} #${one.number}`).join(', ');
  return (
    <li
      data-snapshot={snapshot.id}
      aria-current={current ? 'true' : undefined}
      aria-label={`Snapshot ${name}`}
      aria-posinset={position}
      aria-setsize={of}
      className="relative"
      style={{ height: height * scaleOf.details.unit }}
    >
      <LaneLines row={lanes} height={height} heading={heading ? 1 : 0} scale={scaleOf.details} />
      {heading && (
        <div style={{ marginLeft }}>
          <Heading run={heading} />
        </div>
      )}
      <ContextMenu
        label={`Snapshot ${snapshot.name}`}
        items={() => items}
        className="group relative"
      >
        <Mark snapshot={snapshot} isThere={isThere} left={markLeft} />
        <div
          style={{ marginLeft }}
          className={cx(
            'rounded-lg border px-2.5 py-[7px] group-data-popup-open:bg-hover',
            current
              ? 'border-line-strong bg-raised'
              : 'border-transparent group-focus-within:bg-hover hover:bg-hover',
          )}
        >
          <div className="flex h-5 items-center gap-2">
            <span
              className={cx(
                'min-w-0 truncate text-sm font-medium',
                snapshot.automatic && !current && 'text-ink-soft',
              )}
              title={name}
            >
              {name}
            </span>
            {snapshot.pinned && (
              <Pin role="img" aria-label="Pinned" size={12} className="shrink-0 text-ink-dim" />
            )}
            <span className="ml-auto font-mono text-2xs text-ink-dim nums">
              #{count(snapshot.blockNumber)}
            </span>
            <Menu
              label={`More for snapshot ${name}`}
              items={items}
              className="relative -top-[3px] -mr-1.5 size-6"
            />
          </div>
          {note !== '' && (
            <p className="h-5 truncate text-xs leading-5 text-ink-soft" title={note}>
              {note}
            </p>
          )}
          <div className="relative flex h-5 items-center gap-2">
            <span
              className="min-w-0 flex-1 truncate text-xs text-ink-dim nums"
              title={[run?.title, live].filter(Boolean).join(' · ')}
            >
              {about.filter(Boolean).join(' · ')}
            </span>
            <Button
              variant="link"
              icon={<Undo2 aria-hidden="true" size={13} />}
              aria-label={`Revert here: ${name}`}
              className={
                current
                  ? undefined
                  : 'absolute right-0 bottom-0.5 bg-hover pl-2 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100'
              }
              onClick={(event) => {
                if (event.detail < 2) actions.revert(snapshot.id);
              }}
            >
              Revert here
            </Button>
          </div>
          {current && <Now chain={chain} isThere={isThere} left={markLeft} />}
        </div>
      </ContextMenu>
    </li>
  );
}
