import { Menu as Base } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { cx } from './cx.ts';
import { type MenuItem, MenuItems, menuLook } from './menu-items.tsx';

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  className?: string;
}

/** Further actions, behind three dots. */
export function Menu({ label, items, className }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={label}
        className={cx(
          'inline-flex size-[26px] shrink-0 items-center justify-center rounded-md text-ink-dim hover:bg-hover hover:text-ink data-popup-open:bg-hover',
          className,
        )}
      >
        <Ellipsis aria-hidden="true" size={16} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup className={menuLook}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
