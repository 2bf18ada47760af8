/** Where the focus goes from the row that has it. */
export type Move = 'next' | 'previous' | 'first' | 'last' | 'pageDown' | 'pageUp';

/** A table of which only the rows in view are drawn. */
export interface RowControl {
  count(): number;
  rowHeight: number;
  /** Brings a row into view and gives it the focus once it is drawn. */
  focus(index: number): void;
}

const controls = new WeakMap<HTMLTableElement, RowControl>();

/** Lets the focus reach rows that are not drawn, until the returned function is called. */
export function controlRows(table: HTMLTableElement, control: RowControl): () => void {
  controls.set(table, control);
  return () => void controls.delete(table);
}

/** The attributes of the `tr` at a place among all rows, headings aside. */
export const rowAt = (index: number) => ({ 'data-row': index, 'aria-rowindex': index + 2 });

/** What of a row has the focus: its link, otherwise its first button. */
const targetOf = (row: HTMLElement): HTMLElement | null =>
  row.querySelector<HTMLElement>('a[href]') ?? row.querySelector<HTMLElement>('button');

/** A row with nothing to press has it itself. */
export function focusRow(row: HTMLElement): void {
  const target = targetOf(row) ?? row;
  if (target === row) row.tabIndex = -1;
  // Shown, since it was moved by the keyboard.
  target.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
  row.scrollIntoView({ block: 'nearest' });
}

/** The nearest one around that scrolls. */
export function scrollerOf(element: HTMLElement): HTMLElement {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
  }
  return document.documentElement;
}

/** Returns null where the move leads out of the table. */
function moved(move: Move, at: number, count: number, page: number): number | null {
  const last = count - 1;
  const to = {
    next: at + 1,
    previous: at - 1,
    first: 0,
    last,
    pageDown: Math.min(last, at + page),
    pageUp: Math.max(0, at - page),
  }[move];
  return to === at || to < 0 || to > last ? null : to;
}

/**
 * Moves the focus to another row of the table that it is in. Returns false when there is none: the
 * move is then somebody else's.
 */
export function moveRowFocus(from: Element | null, move: Move): boolean {
  const row = from?.closest<HTMLElement>('tbody tr');
  const table = row?.closest('table');
  if (!row || !table) return false;
  const rowsOfPage = (height: number) =>
    Math.max(1, Math.floor(scrollerOf(table).clientHeight / height) - 1);
  const control = controls.get(table);
  if (control && row.dataset.row !== undefined) {
    const { rowHeight } = control;
    const to = moved(move, Number(row.dataset.row), control.count(), rowsOfPage(rowHeight));
    if (to !== null) control.focus(to);
    return to !== null;
  }
  const rows = [...table.querySelectorAll<HTMLElement>('tbody tr')].filter((one) =>
    targetOf(one)?.checkVisibility(),
  );
  const to = moved(move, rows.indexOf(row), rows.length, rowsOfPage(row.offsetHeight));
  const next = to === null ? undefined : rows[to];
  if (next) focusRow(next);
  return next !== undefined;
}

/** What the space bar does to a row: marks it, or unfolds it. */
const toggleOf = (row: HTMLElement): HTMLElement | null =>
  row.querySelector<HTMLElement>(
    'input[type="checkbox"], button[aria-expanded]:not([aria-haspopup])',
  );

/** Marks or unfolds the row whose link has the focus. Returns false when it does neither. */
export function toggleRow(from: Element | null): boolean {
  const row = from?.matches('a[href]') ? from.closest<HTMLElement>('tbody tr') : null;
  const toggle = row && toggleOf(row);
  toggle?.click();
  return Boolean(toggle);
}
