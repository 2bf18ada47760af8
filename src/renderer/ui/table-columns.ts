/** What a table's columns say of themselves, in the order of their headings. */
export interface ColumnFacts {
  /** Higher ones give way first; 0 stays while any other is left. */
  priority: number;
  /** Hidden by a class already, by the width of what is around the table. */
  isGone: boolean;
}

/** Which column gives way next, or null when only those that stay are left. */
export function nextToHide(
  columns: readonly ColumnFacts[],
  hidden: ReadonlySet<number>,
): number | null {
  let found: number | null = null;
  for (const [index, { priority, isGone }] of columns.entries()) {
    if (isGone || priority <= 0 || hidden.has(index)) continue;
    // Of two that matter alike the one at the right gives way.
    if (found === null || priority >= (columns[found]?.priority ?? 0)) found = index;
  }
  return found;
}

/** The columns of a table as its headings declare them, in `data-priority`. */
function columnsOf(table: HTMLTableElement): ColumnFacts[] {
  return [...(table.tHead?.rows[0]?.cells ?? [])].map((cell, index) => ({
    // What a row is about comes first; states and actions have no heading that shows.
    priority: index === 0 || cell.querySelector('.sr-only') ? 0 : Number(cell.dataset.priority),
    isGone: cell.offsetWidth === 0,
  }));
}

const hiddenClass = (index: number): string => `hide-column-${index + 1}`;

function show(table: HTMLTableElement): void {
  table.classList.remove(...[...table.classList].filter((name) => name.startsWith('hide-column-')));
}

/** Sum of what fixed columns need at least, as their headings declare it; 0 for other tables. */
function leastWidth(table: HTMLTableElement, hidden: ReadonlySet<number>): number {
  return [...(table.tHead?.rows[0]?.cells ?? [])].reduce(
    (sum, cell, index) => (hidden.has(index) ? sum : sum + Number(cell.dataset.least ?? 0)),
    0,
  );
}

/**
 * Hides columns of a table, those first that matter least, until it fits into its frame; the rest is
 * never scrolled sideways.
 */
export function fitColumns(frame: HTMLElement, table: HTMLTableElement): void {
  show(table);
  const columns = columnsOf(table);
  const hidden = new Set<number>();
  const isTooWide = () =>
    frame.scrollWidth > frame.clientWidth || leastWidth(table, hidden) > frame.clientWidth;
  while (isTooWide()) {
    const index = nextToHide(columns, hidden);
    if (index === null) break;
    hidden.add(index);
    table.classList.add(hiddenClass(index));
  }
  // What still does not fit is broken into lines.
  table.toggleAttribute('data-tight', false);
  table.toggleAttribute('data-tight', isTooWide());
}

/** Keeps a table fitting while it is shown. Returns what ends that. */
export function keepFitting(frame: HTMLElement, table: HTMLTableElement): () => void {
  let width = -1;
  const look = () => {
    const isOther = frame.clientWidth !== width;
    width = frame.clientWidth;
    // Rows that come and go hide further columns when they must; they bring none back.
    if (isOther || frame.scrollWidth > width) fitColumns(frame, table);
  };
  const observer = new ResizeObserver(look);
  observer.observe(frame);
  observer.observe(table);
  return () => observer.disconnect();
}
