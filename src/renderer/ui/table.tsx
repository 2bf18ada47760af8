import { type ReactNode, type ThHTMLAttributes, useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { keepFitting } from './table-columns.ts';

interface TableProps {
  label: string;
  /** How many there are, with the heading, when not all of them are drawn. */
  rows?: number;
  /** Columns have the widths of their headings, so that a new row moves none of the others. */
  fixed?: boolean;
  /** It takes the height that is left, and scrolls below its headings. */
  fills?: boolean;
  /** Shown below the rows, within the frame. */
  foot?: ReactNode;
  children: ReactNode;
}

/** A framed table. Where it is too wide, columns give way by the priority of their headings. */
export function Table({ label, rows, fixed, fills, foot, children }: TableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (frame.current && table.current) return keepFitting(frame.current, table.current);
  }, []);
  return (
    <div
      ref={frame}
      className={cx(
        'rounded-lg border border-line bg-panel',
        fills ? 'min-h-44 flex-1 overflow-x-hidden overflow-y-auto' : 'shrink-0 overflow-hidden',
      )}
    >
      <table
        ref={table}
        aria-label={label}
        aria-rowcount={rows}
        className={cx(
          'w-full border-collapse text-sm',
          fixed && 'table-fixed',
          fills && '[&>thead]:sticky [&>thead]:top-0 [&>thead]:z-10 [&>thead]:bg-panel',
        )}
      >
        {children}
      </table>
      {foot}
    </div>
  );
}

interface ThProps extends ThHTMLAttributes<HTMLTableCellElement> {
  end?: boolean;
  /** Where the table is too wide, columns with higher ones give way first. 0: this one stays. */
  priority?: number;
  /** What it needs at least in a table of fixed widths, px. */
  least?: number;
}

export function Th({ children, end, priority = 1, least, className, ...rest }: ThProps) {
  return (
    <th
      scope="col"
      {...rest}
      data-priority={priority}
      data-least={least}
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
