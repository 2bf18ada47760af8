import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { TimelineRow } from './timeline-rows.ts';
import { scaleOf, type Zoom } from './timeline-zoom.ts';

/**
 * Keeps in the middle what was there before the zoom changed, and the focus on the snapshot that had it.
 *
 * @param room what scrolls
 */
export function useKeptPlace(
  room: RefObject<HTMLElement | null>,
  rows: readonly TimelineRow[],
  zoom: Zoom,
) {
  const scrolled = useRef(0);
  const wanted = useRef<number>(undefined);
  const focused = useRef<number>(undefined);
  const before = useRef({ rows, zoom });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { rows, zoom };
    if (last.zoom === zoom || !room.current) return;
    const { clientHeight } = room.current;
    const middle = (scrolled.current + clientHeight / 2) / scaleOf[last.zoom].unit;
    const id =
      wanted.current ??
      focused.current ??
      last.rows.find(({ top, height }) => top + height > middle)?.snapshot.id;
    const hadFocus = wanted.current ?? focused.current;
    wanted.current = undefined;
    const row = rows.find(({ snapshot }) => snapshot.id === id) ?? rows.at(-1);
    if (!row) return;
    room.current.scrollTop = (row.top + row.height / 2) * scaleOf[zoom].unit - clientHeight / 2;
    if (hadFocus !== undefined) focusOnceDrawn(room.current, hadFocus);
  }, [room, rows, zoom]);
  return {
    /** This one is to be seen after the next zoom. */
    want: (id: number) => {
      wanted.current = id;
    },
    onScroll: () => {
      scrolled.current = room.current?.scrollTop ?? 0;
    },
    onFocus: ({ target }: FocusEvent) => {
      focused.current = idOf(target);
    },
    onBlur: ({ target }: FocusEvent) => {
      // What is not drawn any more loses it, and is looked for again.
      if (target.isConnected) focused.current = undefined;
    },
  };
}

const idOf = (element: Element): number | undefined => {
  const id = element.closest<HTMLElement>('[data-snapshot]')?.dataset.snapshot;
  return id === undefined ? undefined : Number(id);
};

/** Rows that come into view by scrolling are drawn a moment later. */
function focusOnceDrawn(room: HTMLElement, id: number, tries = 20): void {
  const button = room.querySelector<HTMLElement>(`[data-snapshot="${id}"] button`);
  if (button) button.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
  else if (tries > 0) requestAnimationFrame(() => focusOnceDrawn(room, id, tries - 1));
}
