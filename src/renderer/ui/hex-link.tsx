import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { copyText } from './copy-text.ts';
import { cx } from './cx.ts';

interface HexLinkProps {
  /** null: it has no page, and is only copied. */
  href: string | null;
  /** What goes to the clipboard, and is shown by the pointer. */
  value: string;
  /** What it is, for the button's name and the notice: "address", "hash". */
  what: string;
  children: ReactNode;
  className?: string;
  /** Further small buttons, beside the one that copies. */
  more?: ReactNode;
}

/** How a small button beside a hash or an address looks. */
export const hexButton =
  'inline-flex size-6 items-center justify-center rounded-sm text-ink-dim hover:text-ink';

/**
 * A hash, a block or an address that opens its page. The button that copies it appears beside it,
 * in the room between columns, so that nothing moves.
 */
export function HexLink({ href, value, what, children, className, more }: HexLinkProps) {
  return (
    <span className="group/hex relative inline-flex max-w-full">
      {href === null ? (
        <span title={value} className={cx('truncate font-mono text-xs', className)}>
          {children}
        </span>
      ) : (
        <Link
          href={href}
          title={value}
          className={cx('truncate rounded-sm font-mono text-xs hover:underline', className)}
        >
          {children}
        </Link>
      )}
      <span
        className={cx(
          'absolute top-1/2 left-full z-10 inline-flex -translate-y-1/2 rounded-sm opacity-0 group-hover/hex:opacity-100 has-focus-visible:opacity-100',
          // Several reach over what stands beside it.
          more !== undefined && 'group-hover/hex:bg-raised',
        )}
      >
        <button
          type="button"
          title={`Copy ${what}`}
          data-value={value}
          onClick={() => void copyText(value, what)}
          className={hexButton}
        >
          <Copy aria-hidden="true" size={12} />
          <span className="sr-only select-none">
            Copy {what} {value}
          </span>
        </button>
        {more}
      </span>
    </span>
  );
}
