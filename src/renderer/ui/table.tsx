import type { ReactNode, ThHTMLAttributes } from 'react';
import { cx } from './cx.ts';

/** A framed table; it scrolls horizontally instead of widening the page. */
export function Table({
  label,
  rows,
  children,
}: {
  label: string;
  /** How many there are, with the heading, when not all of them are drawn. */
  rows?: number;
  children: ReactNode;
}) {
  return (
    <div className="shrink-0 overflow-x-auto rounded-lg border border-line bg-panel">
      <table aria-label={label} aria-rowcount={rows} className="w-full border-collapse text-sm">
        {children}
      </table>
    </div>
  );
}

export function Th({
  children,
  end,
  className,
  ...rest
}: ThHTMLAttributes<HTMLTableCellElement> & { end?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-[28px] border-b border-line px-3 text-2xs font-normal whitespace-nowrap text-ink-dim',
        end ? 'text-right' : 'text-left',
        className,
      )}
    >
      {children}
    </th>
  );
}

export function Td({
  children,
  end,
  mono,
  className,
}: {
  children?: ReactNode;
  end?: boolean;
  mono?: boolean;
  className?: string;
}) {
  return (
    <td
      className={cx(
        'h-[35px] border-b border-line px-3 align-middle whitespace-nowrap group-last:border-b-0',
        end && 'text-right nums',
        mono && 'font-mono text-xs text-ink-soft',
        className,
      )}
    >
      {children}
    </td>
  );
}
