import type { ReactNode } from 'react';
import { copyText } from './copy-text.ts';
import { cx } from './cx.ts';

interface CopyableProps {
  /** What goes to the clipboard. */
  value: string;
  /** What it is, for its name and the notice: "address", "hash". */
  what: string;
  children: ReactNode;
  className?: string;
}

/**
 * Text that copies its full value when it is clicked. Its accessible name is what it shows,
 * followed by the action and the full value, so that it is found by either.
 */
export function Copyable({ value, what, children, className }: CopyableProps) {
  return (
    <button
      type="button"
      title={`${value}\nClick to copy`}
      data-value={value}
      onClick={() => copyText(value, what)}
      className={cx(
        'relative max-w-full truncate rounded-sm font-mono text-xs select-text hover:underline',
        className,
      )}
    >
      {children}
      <span className="sr-only select-none">
        {' '}
        Copy {what} {value}
      </span>
    </button>
  );
}
