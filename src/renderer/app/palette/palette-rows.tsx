import { useEffect, useRef, useState } from 'react';
import type { CommandRow } from '../../ui/command-list.ts';
import { cx } from '../../ui/cx.ts';
import { Kbd } from '../../ui/kbd.tsx';

const ROW_PX = 32;
/** Rows that are drawn beyond what is seen, above and below. */
const BEYOND = 6;

export const rowId = ({ key }: CommandRow): string => `palette ${key}`.replaceAll(' ', '-');

interface PaletteRowsProps {
  id: string;
  /** What they were found by. */
  text: string;
  rows: readonly CommandRow[];
  /** The selected one; -1: none. */
  at: number;
  onPoint(key: string): void;
  onRun(row: CommandRow): void;
}

/** Only the rows in view are drawn. */
export function PaletteRows({ id, text, rows, at, onPoint, onRun }: PaletteRowsProps) {
  const room = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const seen = Math.ceil((room.current?.clientHeight ?? 416) / ROW_PX);
  const first = Math.max(0, Math.min(Math.floor(top / ROW_PX), rows.length - seen) - BEYOND);
  const shown = rows.slice(first, first + seen + 2 * BEYOND);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text begins at the top
  useEffect(() => {
    if (room.current) room.current.scrollTop = 0;
  }, [text]);
  useEffect(() => {
    const element = room.current;
    if (!element || at < 0) return;
    const above = at * ROW_PX;
    const below = above + ROW_PX - element.clientHeight;
    if (element.scrollTop > above) element.scrollTop = above;
    else if (element.scrollTop < below) element.scrollTop = below;
  }, [at]);

  return (
    <div
      ref={room}
      id={id}
      role="listbox"
      aria-label="Commands"
      tabIndex={-1}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      className={cx(
        'relative max-h-[min(26rem,60vh)] overflow-y-auto outline-none',
        rows.length > 0 && 'm-1.5',
      )}
    >
      <div style={{ height: rows.length * ROW_PX }}>
        {shown.map((row, index) => (
          <Row
            key={row.key}
            row={row}
            index={first + index}
            count={rows.length}
            selected={first + index === at}
            onPoint={onPoint}
            onRun={onRun}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps extends Pick<PaletteRowsProps, 'onPoint' | 'onRun'> {
  row: CommandRow;
  index: number;
  count: number;
  selected: boolean;
}

function Row({ row, index, count, selected, onPoint, onRun }: RowProps) {
  const { title, icon, detail, shortcut, group, destroys } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus, and its keys
    <div
      id={rowId(row)}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      onPointerMove={() => !selected && onPoint(row.key)}
      onClick={() => onRun(row)}
      style={{ top: index * ROW_PX, height: ROW_PX }}
      className={cx(
        'absolute inset-x-0 flex cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm select-none',
        selected && 'bg-hover',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'inline-flex w-4 shrink-0 justify-center',
          destroys ? 'text-bad' : 'text-ink-dim',
        )}
      >
        {icon}
      </span>
      <span className="min-w-0 truncate">{title}</span>
      {detail && (
        <span className="min-w-0 flex-1 truncate text-xs text-ink-dim nums">{detail}</span>
      )}
      <span className="ml-auto shrink-0 text-2xs text-ink-dim">{group}</span>
      {shortcut && <Kbd quiet>{shortcut}</Kbd>}
    </div>
  );
}
