import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';
import { HINT } from './tooltip.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** What it does: its accessible name, and its tooltip. */
  label: string;
  icon: ReactNode;
  busy?: boolean;
}

export function IconButton({ label, icon, busy, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...{ [HINT]: label }}
      {...rest}
      aria-label={label}
      aria-busy={busy || undefined}
      className={cx(
        'app-no-drag inline-flex size-[26px] shrink-0 items-center justify-center rounded-md text-ink-dim hover:bg-hover hover:text-ink disabled:opacity-40',
        className,
      )}
    >
      {busy ? <Spinner /> : icon}
    </button>
  );
}
