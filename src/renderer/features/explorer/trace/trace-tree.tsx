import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import { pressed } from './trace-keys.ts';
import { rowHeight, TraceRow } from './trace-row.tsx';
import type { Trace } from './use-trace.ts';

/**
 * The calls of a transaction as a tree. One line is chosen, and moved by the arrow keys; only those
 * in view are drawn.
 */
export function TraceTree({ trace, names }: { trace: Trace; names: AddressNames }) {
  const { shown, folded, chosen, failed, found, choose, fold } = trace;
  const { ref, first, end } = useRowsInView(shown.length, rowHeight);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = shown.findIndex((item) => item.id === chosen);
  const hits = useMemo(() => new Set(found), [found]);

  useEffect(() => {
    const room = scroller.current;
    if (!room) return;
    const top = at * rowHeight;
    if (top < room.scrollTop) room.scrollTop = top;
    else if (top + rowHeight > room.scrollTop + room.clientHeight) {
      room.scrollTop = top + rowHeight - room.clientHeight;
    }
  }, [at]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressed(event.key, trace, at)) event.preventDefault();
  };
  const rowId = (item: number) => `${id}-${item}`;
  const drawn = shown.slice(first, end);
  return (
    <div ref={scroller} className="max-h-[max(15rem,46vh)] overflow-y-auto">
      <div
        ref={ref}
        role="tree"
        aria-label="Trace"
        tabIndex={0}
        aria-activedescendant={drawn.some((item) => item.id === chosen) ? rowId(chosen) : undefined}
        onKeyDown={press}
        style={{
          paddingTop: first * rowHeight,
          paddingBottom: (shown.length - end) * rowHeight,
        }}
        className="focus-visible:-outline-offset-2"
      >
        {drawn.map((item) => (
          <TraceRow
            key={item.id}
            id={rowId(item.id)}
            item={item}
            names={names}
            isFolded={folded.has(item.id)}
            isChosen={item.id === chosen}
            isFound={hits.has(item.id)}
            isFailed={failed === item.id && 'call' in item && item.call.failing}
            onChoose={choose}
            onFold={fold}
          />
        ))}
      </div>
    </div>
  );
}
