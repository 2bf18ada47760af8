import { Menu as Base } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect(): void;
}

/** The list of a menu, however the menu is opened. */
export function MenuItems({ items }: { items: readonly MenuItem[] }) {
  return (
    <Base.Popup className="min-w-44 rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none">
      {items.map((item) => (
        <Base.Item
          key={item.label}
          disabled={item.disabled}
          onClick={item.onSelect}
          className={cx(
            'flex h-[28px] items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover',
            item.danger ? 'text-bad' : 'text-ink',
          )}
        >
          {item.icon}
          {item.label}
        </Base.Item>
      ))}
    </Base.Popup>
  );
}

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
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
