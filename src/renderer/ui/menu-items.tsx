import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect(): void;
}

export const menuLook =
  'min-w-44 rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none';

/** The items of a menu, whatever opens it. */
export function MenuItems({ items }: { items: readonly MenuItem[] }) {
  return items.map((item) => (
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
  ));
}
