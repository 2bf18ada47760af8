import { ContextMenu as Base } from '@base-ui/react/context-menu';
import { type ReactElement, type ReactNode, useState } from 'react';
import { type MenuItem, MenuItems, menuLook } from './menu-items.tsx';

interface ContextMenuProps {
  /** Its accessible name. */
  label: string;
  /** Called when it opens. */
  items(): readonly MenuItem[];
  /** Puts the focus where it belongs once the menu is closed; missing: where it was before. */
  onClosed?: () => void;
  /** What it opens over; a `div` unless told otherwise. */
  render?: ReactElement;
  className?: string;
  children: ReactNode;
}

/** Actions on what is pointed at, opened by a right click, a long press or the menu key. */
export function ContextMenu(props: ContextMenuProps) {
  const { label, items, onClosed, render, className, children } = props;
  const [shown, setShown] = useState<readonly MenuItem[]>([]);
  const finalFocus = () => {
    onClosed?.();
    return false;
  };
  return (
    <Base.Root onOpenChange={(open) => open && setShown(items())}>
      <Base.Trigger render={render} className={className}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            finalFocus={onClosed ? finalFocus : true}
            className={menuLook}
          >
            <MenuItems items={shown} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
