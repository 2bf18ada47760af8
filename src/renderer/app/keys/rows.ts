import { moveRowFocus } from '../../ui/row-focus.ts';

const rowOf = 'tr, [role="row"], li';

/** The first link of each row of the page, from the top. */
function links(): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const row of document.querySelectorAll<HTMLElement>('main tr, main [role="row"], main li')) {
    const link = row.querySelector<HTMLElement>('a[href]');
    if (link && link.closest(rowOf) === row && link.checkVisibility()) found.push(link);
  }
  return found;
}

/** The link of the row that has the focus. */
export function focusedRow(): HTMLAnchorElement | null {
  const row = document.activeElement?.closest('main')
    ? document.activeElement.closest(rowOf)
    : null;
  return row?.querySelector<HTMLAnchorElement>('a[href]') ?? null;
}

/** Moves the focus to the next row of the page, or the previous one. */
export function focusRow(step: 1 | -1): void {
  if (moveRowFocus(document.activeElement, step === 1 ? 'next' : 'previous')) return;
  const all = links();
  const now = focusedRow();
  const at = now ? all.indexOf(now) : -1;
  const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step];
  // Shown, since it was moved by the keyboard.
  next?.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
  next?.scrollIntoView({ block: 'nearest' });
}
