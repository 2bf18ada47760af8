import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { cx } from './cx.ts';

interface SidebarItemProps {
  href: string;
  /** Also the current one on pages below this path. */
  within?: string;
  /** Also the current one on these pages. */
  pages?: RegExp;
  icon: ReactNode;
  end?: ReactNode;
  children: string;
  /** Never shown as the current one: another item represents this page. */
  quiet?: boolean;
}

export function SidebarItem({ href, within, pages, icon, end, children, quiet }: SidebarItemProps) {
  const [location] = useLocation();
  const current =
    !quiet &&
    (location === href || (within && location.startsWith(within)) || pages?.test(location));
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

/** The name of a block of items, with a button beside it. */
export function SidebarHeading({ children, action }: { children: string; action?: ReactNode }) {
  return (
    <div className="mt-3 flex h-[26px] items-center justify-between pr-1 pl-2">
      <h2 className="text-2xs font-medium tracking-wide text-ink-dim uppercase">{children}</h2>
      {action}
    </div>
  );
}
