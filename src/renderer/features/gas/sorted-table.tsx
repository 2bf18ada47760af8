import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Table, Th } from '../../ui/table.tsx';
import { type Sorting, sorted, useSorting } from './sorting.ts';

const rowHeight = 35;

export interface Column<Id extends string> {
  id: Id;
  title: string;
  /** It holds numbers. */
  end?: boolean;
  /** Classes that hide it where there is no room. */
  className?: string;
  /** What it says in more words. */
  about?: string;
}

interface SortedTableProps<Row, Id extends string> {
  label: string;
  columns: readonly Column<Id>[];
  rows: readonly Row[];
  /** Which one orders the rows at first, the largest first. */
  first: Id;
  valueIn(row: Row, column: Id): number | string | null;
  /** Its cells; `index` is its place among all rows, for what reads tables aloud. */
  children(row: Row, index: number): ReactNode;
}

/** Rows that are ordered by any column. Of a long table only the rows in view are drawn. */
export function SortedTable<Row, Id extends string>(props: SortedTableProps<Row, Id>) {
  const { label, columns, rows, first: firstColumn, valueIn, children } = props;
  const { sorting, choose } = useSorting(firstColumn);
  const { ref, first, end } = useRowsInView(rows.length, rowHeight);
  const ordered = sorted(rows, sorting, valueIn);
  return (
    <Table label={label} rows={rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <Head key={column.id} column={column} sorting={sorting} onChoose={choose} />
          ))}
        </tr>
      </thead>
      <tbody ref={ref}>
        <Spacer rows={first} />
        {ordered.slice(first, end).map((row, i) => children(row, first + i + 2))}
        <Spacer rows={rows.length - end} />
      </tbody>
    </Table>
  );
}

function Head<Id extends string>({
  column: { id, title, end, className, about },
  sorting,
  onChoose,
}: {
  column: Column<Id>;
  sorting: Sorting<Id>;
  onChoose(column: Id): void;
}) {
  const isChosen = sorting.column === id;
  const Arrow = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <Th
      end={end}
      className={className}
      aria-sort={isChosen ? (sorting.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        title={about}
        onClick={() => onChoose(id)}
        className="inline-flex items-center gap-1 hover:text-ink"
      >
        {title}
        {isChosen && <Arrow aria-hidden="true" size={11} />}
      </button>
    </Th>
  );
}

/** Height of rows that aren't drawn. */
const Spacer = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr>
      <td style={{ height: rows * rowHeight, padding: 0 }} />
    </tr>
  );
