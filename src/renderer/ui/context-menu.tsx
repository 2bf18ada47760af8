import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ReactElement, ReactNode } from 'react';
import { type MenuItem, MenuItems } from './menu.tsx';

interface ContextMenuProps {
  items: readonly MenuItem[];
  /** The element that it belongs to, in place of a `div`. */
  render?: ReactElement;
  children: ReactNode;
}

/**
 * Actions on what is pointed at, opened by a right click or a long press. The keyboard needs another
 * way to them, such as a `Menu` with the same items.
 */
export function ContextMenu({ items, render, children }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={render}>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none">
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
