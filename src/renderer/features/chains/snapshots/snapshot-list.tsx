import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Chain, Snapshot } from '#main/features/chains/contract.ts';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import type { ChainActions } from '../use-chain-actions.tsx';
import { SnapshotItem } from './snapshot-item.tsx';
import { SnapshotLine } from './snapshot-line.tsx';
import { type LaneRow, lanesIn, timelineLanes } from './timeline-lanes.ts';
import { heightOf, rowsWithin, timelineRows } from './timeline-rows.ts';
import { scaleOf, useZoom, zoomTo } from './timeline-zoom.ts';
import { useKeptPlace } from './use-kept-place.ts';
import type { EditSnapshot, SnapshotText } from './use-snapshot-menu.tsx';

const SnapshotDialog = lazyPart(async () => (await import('./snapshot-dialog.tsx')).SnapshotDialog);

/** Lists that are no higher, in units, are drawn as a whole. */
const LOW = 200;

/** Of the timeline, on each side, in pixels. */
const PADDING = 4;

/** Scrolls as little as needed, and only the timeline itself. */
function showRow(room: HTMLElement, top: number, height: number): void {
  const end = top + height + 2 * PADDING;
  if (top < room.scrollTop) room.scrollTop = top;
  else if (end > room.scrollTop + room.clientHeight) room.scrollTop = end - room.clientHeight;
}

/** Arrows move the focus from line to line. */
function walkLines(event: KeyboardEvent<HTMLElement>): void {
  const line = event.target instanceof Element && event.target.closest('li');
  if (!line || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const next = event.key === 'ArrowDown' ? line.nextElementSibling : line.previousElementSibling;
  next?.querySelector('button')?.focus();
  event.preventDefault();
}

interface SnapshotListProps {
  snapshots: readonly Snapshot[];
  /** Also those that are not shown. */
  all: readonly Snapshot[];
  chain: Chain;
  actions: ChainActions;
}

/** Snapshots in the order in which they were taken, and what each was taken on. Of many only those in view are drawn. */
export function SnapshotList({ snapshots, all, chain, actions }: SnapshotListProps) {
  const [edited, setEdited] = useState<{ id: number; text: SnapshotText } | null>(null);
  const zoom = useZoom((state) => state.zoom);
  const { unit } = scaleOf[zoom];
  const rows = useMemo(() => timelineRows(snapshots, zoom), [snapshots, zoom]);
  const lanes = useMemo(() => timelineLanes(all, snapshots), [all, snapshots]);
  const width = useMemo(() => lanesIn(lanes), [lanes]);
  const view = useRowsInView(heightOf(rows), unit, LOW);
  const drawn = rowsWithin(rows, view.first, view.end);
  const room = useRef<HTMLDivElement>(null);
  const { want, ...kept } = useKeptPlace(room, rows, zoom);
  const current = rows.find(({ snapshot }) => snapshot.current);
  const [currentId, top, height] = [current?.snapshot.id, current?.top ?? 0, current?.height ?? 0];
  const firstDrawn = drawn.rows[0] ? rows.indexOf(drawn.rows[0]) : 0;
  // Only where the chain goes to another one, not where one above it goes or gets a note.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place at that moment counts
  useEffect(() => {
    if (currentId !== undefined && room.current) {
      showRow(room.current, top * unit, height * unit);
    }
  }, [currentId]);
  const onEdit: EditSnapshot = ({ id }, text) => setEdited({ id, text });
  const tabStop = (drawn.rows.find(({ snapshot }) => snapshot.current) ?? drawn.rows[0])?.snapshot;
  const inDialog = snapshots.find(({ id }) => id === edited?.id);
  return (
    <div
      ref={room}
      {...kept}
      className="-m-1 max-h-[max(12rem,calc(100vh-28rem))] overflow-y-auto overscroll-contain p-1"
    >
      <ol
        ref={view.ref}
        aria-label="Snapshot timeline"
        style={{ paddingTop: drawn.before * unit, paddingBottom: drawn.after * unit }}
        onKeyDown={zoom === 'details' ? undefined : walkLines}
        className="relative"
      >
        {drawn.rows.map((row, index) => {
          const { snapshot } = row;
          const shared = {
            ...{ width, actions, lanes: lanes[firstDrawn + index] as LaneRow },
            ...{ position: firstDrawn + index + 1, of: rows.length, onEdit },
          };
          return zoom === 'details' ? (
            <SnapshotItem key={snapshot.id} {...shared} row={row} chain={chain} />
          ) : (
            <SnapshotLine
              key={snapshot.id}
              {...shared}
              snapshot={snapshot}
              zoom={zoom}
              isTabStop={snapshot === tabStop}
              onOpen={() => {
                want(snapshot.id);
                zoomTo('details');
              }}
            />
          );
        })}
      </ol>
      {edited && inDialog && (
        <SnapshotDialog snapshot={inDialog} focus={edited.text} onClose={() => setEdited(null)} />
      )}
    </div>
  );
}
