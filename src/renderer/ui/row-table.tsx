import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { controlRows, focusRow, scrollerOf } from './row-focus.ts';
import { type RowsInView, useRowsInView } from './rows-in-view.ts';
import { Spacer } from './spacer-row.tsx';
import { Table } from './table.tsx';

const ROW_HEIGHT = 35;

interface RowTableProps {
  label: string;
  /** Its headings: a `Th` for each column. */
  head: ReactNode;
  count: number;
  /** px. */
  rowHeight?: number;
  /** Where the caller has to know which rows are in view, to read them. */
  view?: RowsInView;
  /** What stays the same of a row when others come before it. */
  keyOf?: (index: number) => string | number;
  /** The row at a place, a `tr` with `rowAt(index)`; null: it is not read yet. */
  children(index: number): ReactNode;
}

/**
 * A table of any length: only rows in view are drawn, and the one that has the focus, which therefore
 * keeps it while others are scrolled. Keys move the focus through all of them.
 */
export function RowTable({
  label,
  head,
  count,
  rowHeight = ROW_HEIGHT,
  view,
  keyOf = (index) => index,
  children,
}: RowTableProps) {
  const own = useRowsInView(count, rowHeight);
  const { ref, first, end } = view ?? own;
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null);
  const focused = useFocusedRow(body, { count, rowHeight });
  const isKept = focused !== null && focused < count && (focused < first || focused >= end);
  return (
    <Table label={label} rows={count + 1}>
      <thead>
        <tr aria-rowindex={1}>{head}</tr>
      </thead>
      <tbody
        ref={(element) => {
          ref(element);
          setBody(element);
        }}
      >
        {drawn({ first, end, count }, isKept ? focused : null).map((part) => {
          if (typeof part !== 'number') {
            return <Spacer key={part.before} height={part.rows * rowHeight} />;
          }
          return (
            <Fragment key={keyOf(part)}>{children(part) ?? <Spacer height={rowHeight} />}</Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Rows that aren't drawn. */
interface Gap {
  before: string;
  rows: number;
}

/** From the top: places of rows, and the gaps between them. */
function drawn(
  { first, end, count }: { first: number; end: number; count: number },
  kept: number | null,
): (number | Gap)[] {
  const inView = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  const gap = (before: string, rows: number): Gap => ({ before, rows });
  if (kept === null) return [gap('view', first), ...inView, gap('end', count - end)];
  if (kept < first) {
    const between = gap('view', first - kept - 1);
    return [gap('kept', kept), kept, between, ...inView, gap('end', count - end)];
  }
  const between = gap('kept', kept - end);
  return [gap('view', first), ...inView, between, kept, gap('end', count - kept - 1)];
}

/** The place of the row that has the focus; null: none of the table has it. */
function useFocusedRow(
  body: HTMLElement | null,
  { count, rowHeight }: { count: number; rowHeight: number },
): number | null {
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const latest = useRef(count);
  latest.current = count;

  useEffect(() => {
    const table = body?.closest('table');
    if (!body || !table) return;
    const look = () => setFocused(focusedIn(body));
    const left = () => {
      // The next one has it only after this event.
      queueMicrotask(look);
    };
    // Whoever scrolls or clicks wants something else.
    const forget = () => {
      wanted.current = null;
    };
    body.addEventListener('focusin', look);
    body.addEventListener('focusout', left);
    window.addEventListener('wheel', forget, { passive: true });
    window.addEventListener('pointerdown', forget);
    const release = controlRows(table, {
      count: () => latest.current,
      rowHeight,
      focus(index) {
        wanted.current = index;
        if (takeFocus(body, wanted)) return;
        const scroller = scrollerOf(body);
        const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
        scroller.scrollTop += body.getBoundingClientRect().top + index * rowHeight - middle;
      },
    });
    return () => {
      release();
      body.removeEventListener('focusin', look);
      body.removeEventListener('focusout', left);
      window.removeEventListener('wheel', forget);
      window.removeEventListener('pointerdown', forget);
    };
  }, [body, rowHeight]);

  // After each rendering: rows may have come before it, or the one that was asked for is drawn now.
  useLayoutEffect(() => {
    if (!body) return;
    if (wanted.current !== null) takeFocus(body, wanted);
    setFocused(focusedIn(body));
  });
  return focused;
}

/** Returns false while the row is not drawn. */
function takeFocus(body: HTMLElement, wanted: { current: number | null }): boolean {
  const row = body.querySelector<HTMLElement>(`tr[data-row="${wanted.current}"]`);
  if (!row) return false;
  wanted.current = null;
  focusRow(row);
  return true;
}

function focusedIn(body: HTMLElement): number | null {
  const row = body.contains(document.activeElement)
    ? document.activeElement?.closest<HTMLElement>('tr[data-row]')
    : null;
  return row ? Number(row.dataset.row) : null;
}
