import { type ReactNode, useMemo } from 'react';
import { RowTable } from '../../ui/row-table.tsx';
import { type SortColumn, SortHeading } from '../../ui/sort-heading.tsx';
import { sorted, useSorting } from '../../ui/sorting.ts';

interface SortedTableProps<Row, Id extends string> {
  label: string;
  columns: readonly SortColumn<Id>[];
  rows: readonly Row[];
  /** Which one orders the rows at first, the largest first. */
  first: Id;
  valueIn(row: Row, column: Id): number | string | null;
  /** What tells a row from the others. */
  keyOf(row: Row): string;
  /** Its `tr`, with the attributes of its place among all rows. */
  children(row: Row, index: number): ReactNode;
}

/** Rows that are ordered by any column. */
export function SortedTable<Row, Id extends string>(props: SortedTableProps<Row, Id>) {
  const { label, columns, rows, first, valueIn, keyOf, children } = props;
  const { sorting, choose } = useSorting(first);
  const ordered = useMemo(() => sorted(rows, sorting, valueIn), [rows, sorting, valueIn]);
  return (
    <RowTable
      label={label}
      head={columns.map((column) => (
        <SortHeading key={column.id} column={column} sorting={sorting} onChoose={choose} />
      ))}
      count={ordered.length}
      keyOf={(index) => keyOf(ordered[index] as Row)}
    >
      {(index) => children(ordered[index] as Row, index)}
    </RowTable>
  );
}
