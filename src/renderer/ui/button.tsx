import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import { Spinner } from './spinner.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `caution` begins what can’t be taken back, with nobody asked once more. */
  variant?: 'default' | 'primary' | 'caution' | 'danger' | 'ghost' | 'link';
  size?: 'md' | 'sm';
  icon?: ReactNode;
  /** The key that does the same; shown, and named to assistive tech. */
  shortcut?: string;
  busy?: boolean;
}

const looks = {
  default: 'border border-edge bg-raised text-ink hover:bg-hover',
  primary: 'border border-accent bg-accent text-on-accent hover:brightness-110',
  caution: 'border border-warn bg-raised text-warn hover:bg-hover',
  // Filled where it is the answer to a question.
  danger:
    'border border-edge bg-raised text-bad hover:bg-hover in-data-confirms:border-bad in-data-confirms:bg-bad in-data-confirms:text-on-bad in-data-confirms:hover:brightness-110',
  ghost: 'border border-transparent text-ink-soft hover:bg-hover hover:text-ink',
  link: 'border border-transparent text-accent hover:underline',
};

const sizes = {
  md: 'h-[30px] gap-2 px-3 text-sm',
  sm: 'h-[26px] gap-1.5 px-2 text-xs',
};

export function Button({
  variant = 'default',
  size = 'md',
  icon,
  shortcut,
  busy = false,
  className,
  children,
  disabled,
  'aria-busy': ariaBusy,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled}
      aria-busy={busy || ariaBusy}
      aria-keyshortcuts={shortcut}
      className={cx(
        'app-no-drag inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-[background-color,filter] duration-100 select-none disabled:opacity-50',
        looks[variant],
        variant === 'link' ? 'h-auto gap-1.5 text-xs' : sizes[size],
        className,
      )}
    >
      {busy ? <Spinner /> : icon && <span className="inline-flex @max-md:hidden">{icon}</span>}
      {children}
      {shortcut && (
        <span className="ml-0.5 hidden @2xl:inline-flex">
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </button>
  );
}
