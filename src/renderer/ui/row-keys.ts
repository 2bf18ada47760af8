import { type Move, moveRowFocus, toggleRow } from './row-focus.ts';

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
};

/** Keys that belong to a field of the row. */
const isField = (target: Element): boolean =>
  target.matches('textarea, select, input:not([type="checkbox"]), [role="combobox"]');

function handleRowKey(event: KeyboardEvent): void {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
    return;
  }
  if (!(target instanceof Element) || isField(target)) return;
  const move = moves[key];
  const isDone = move ? moveRowFocus(target, move) : key === ' ' && toggleRow(target);
  if (isDone) event.preventDefault();
}

/**
 * Arrows, Home, End and whole pages move from row to row of any table; the space bar marks or unfolds
 * one. Returns how to stop.
 */
export function listenToRowKeys(): () => void {
  document.addEventListener('keydown', handleRowKey);
  return () => document.removeEventListener('keydown', handleRowKey);
}
