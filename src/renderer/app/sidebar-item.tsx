import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { cx } from '../ui/cx.ts';

interface SidebarItemProps {
  href: string;
  /** Also the current one on pages below this path. */
  within?: string;
  icon: ReactNode;
  end?: ReactNode;
  children: string;
  /** Never shown as the current one: another item is this page's own. */
  quiet?: boolean;
}

export function SidebarItem({ href, within, icon, end, children, quiet }: SidebarItemProps) {
  const [location] = useLocation();
  const current = !quiet && (location === href || (within && location.startsWith(within)));
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex h-[31px] shrink-0 items-center gap-2.5 rounded-md px-2 text-sm',
        current ? 'bg-raised text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      <span aria-hidden="true" className="shrink-0 text-ink-dim">
        {icon}
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {end}
    </Link>
  );
}
