import { canFold } from './trace-items.ts';
import type { Trace } from './use-trace.ts';

/** Lines that a page of the tree has. */
const page = 12;

/**
 * Acts on a key as trees do: arrows move, fold and unfold. Returns whether it is one of its keys.
 *
 * @param at position of the chosen line among those that are shown
 */
export function pressed(key: string, trace: Trace, at: number): boolean {
  const { items, shown, folded, chosen, choose, fold } = trace;
  const item = items[chosen];
  const isOpen = item !== undefined && canFold(item) && !folded.has(chosen);
  const move = (to: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, to))];
    if (next) choose(next.id);
  };
  switch (key) {
    case 'ArrowDown':
      move(at + 1);
      return true;
    case 'ArrowUp':
      move(at - 1);
      return true;
    case 'PageDown':
      move(at + page);
      return true;
    case 'PageUp':
      move(at - page);
      return true;
    case 'Home':
      move(0);
      return true;
    case 'End':
      move(shown.length - 1);
      return true;
    case 'Enter':
    case ' ':
      fold(chosen);
      return true;
    case 'ArrowRight':
      if (isOpen) move(at + 1);
      else fold(chosen, false);
      return true;
    case 'ArrowLeft':
      if (isOpen) fold(chosen, true);
      else if (item && item.parent !== null) choose(item.parent);
      return true;
    default:
      return false;
  }
}
