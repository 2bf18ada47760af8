import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MenuItem } from '../../ui/menu-items.ts';

/**
 * Before which other one a thing is put to move it by one place. `undefined`: it stands there already;
 * null: behind all others.
 */
export function placeFor<Id>(
  all: readonly Id[],
  one: Id,
  direction: 'up' | 'down',
): Id | null | undefined {
  const at = all.indexOf(one);
  if (direction === 'up') return all[at - 1];
  if (at === all.length - 1) return undefined;
  return all[at + 2] ?? null;
}

/** Entries of a menu that move a thing by one place. @param all in their order */
export function moveItems<Id>(
  all: readonly Id[],
  one: Id,
  move: (before: Id | null) => void,
): MenuItem[] {
  const step = (direction: 'up' | 'down') => {
    const before = placeFor(all, one, direction);
    return {
      disabled: before === undefined,
      onSelect: () => before !== undefined && move(before),
    };
  };
  return [
    { label: 'Move up', icon: <ArrowUp size={15} />, ...step('up') },
    { label: 'Move down', icon: <ArrowDown size={15} />, ...step('down') },
  ];
}
