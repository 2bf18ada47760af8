import { Pin } from 'lucide-react';
import type { Snapshot } from '#main/features/chains/contract.ts';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { cx } from '../../../ui/cx.ts';
import { count } from '../../../ui/format.ts';
import { HINT } from '../../../ui/tooltip.tsx';
import type { ChainActions } from '../use-chain-actions.tsx';
import { LaneLines } from './lane-lines.tsx';
import { besideLanes, laneLeft } from './lane-place.ts';
import type { LaneRow } from './timeline-lanes.ts';
import { scaleOf, type Zoom } from './timeline-zoom.ts';
import { type EditSnapshot, useSnapshotMenu } from './use-snapshot-menu.tsx';

interface SnapshotLineProps {
  snapshot: Snapshot;
  lanes: LaneRow;
  width: number;
  zoom: Exclude<Zoom, 'details'>;
  actions: ChainActions;
  onEdit: EditSnapshot;
  /** Looks at it from near. */
  onOpen(): void;
  isTabStop: boolean;
  position: number;
  of: number;
}

/** One snapshot of a timeline that is looked at from afar: its name, or only its mark. */
export function SnapshotLine(props: SnapshotLineProps) {
  const { snapshot, lanes, width, zoom, actions, onEdit, onOpen, isTabStop, position, of } = props;
  const { id, name, current, automatic, pinned, blockNumber } = snapshot;
  const items = useSnapshotMenu(snapshot, actions, onEdit);
  const scale = scaleOf[zoom];
  const isName = zoom === 'names';
  const size = isName || current ? 10 : 6;
  return (
    <li
      data-snapshot={id}
      aria-current={current ? 'true' : undefined}
      aria-label={`Snapshot ${name}`}
      aria-posinset={position}
      aria-setsize={of}
      className="relative"
      style={{ height: scale.unit }}
    >
      <LaneLines row={lanes} height={1} heading={0} scale={scale} />
      <ContextMenu label={`Snapshot ${name}`} items={() => items} className="h-full">
        <button
          type="button"
          tabIndex={isTabStop ? 0 : -1}
          aria-label={`Look at snapshot ${name}`}
          {...(isName ? {} : { [HINT]: `${name} · block ${count(blockNumber)}` })}
          onClick={onOpen}
          className="relative flex h-full w-full items-center gap-2 rounded-sm pr-2 text-left hover:bg-hover"
          style={{ paddingLeft: besideLanes(width) }}
        >
          <span
            aria-hidden="true"
            style={{
              left: laneLeft(lanes.lane) - size / 2,
              top: scale.middle - size / 2,
              width: size,
              height: size,
            }}
            className={cx(
              'absolute rounded-full border',
              current ? 'border-accent bg-accent' : 'border-ink-dim bg-panel',
              automatic && !current && 'border-dashed',
            )}
          />
          {isName && (
            <>
              <span
                className={cx(
                  'min-w-0 truncate text-xs',
                  current ? 'font-semibold text-accent' : automatic ? 'text-ink-soft' : 'text-ink',
                )}
              >
                {name}
              </span>
              {pinned && (
                <Pin role="img" aria-label="Pinned" size={11} className="shrink-0 text-ink-dim" />
              )}
              <span className="ml-auto font-mono text-2xs text-ink-dim nums">
                #{count(blockNumber)}
              </span>
            </>
          )}
        </button>
      </ContextMenu>
    </li>
  );
}
