import { useState } from 'react';

/** A column by which rows are ordered. */
export interface Sorting<Column extends string> {
  column: Column;
  descending: boolean;
}

/** A click on a column orders by it, a second one the other way round. */
export function useSorting<Column extends string>(first: Column) {
  const [sorting, setSorting] = useState<Sorting<Column>>({ column: first, descending: true });
  const choose = (column: Column) =>
    setSorting((now) => ({
      column,
      descending: now.column === column ? !now.descending : true,
    }));
  return { sorting, choose };
}

const byAlphabet = new Intl.Collator().compare;

/** Numbers by size, names by the alphabet; what has no value comes last either way. */
export function sorted<Row, Column extends string>(
  rows: readonly Row[],
  { column, descending }: Sorting<Column>,
  valueIn: (row: Row, column: Column) => number | string | null,
): Row[] {
  const keyed = rows.map((row) => ({ row, value: valueIn(row, column) }));
  const direction = descending ? -1 : 1;
  keyed.sort(({ value: a }, { value: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    // Names begin with the first letter of the alphabet.
    if (typeof a === 'string') return -direction * byAlphabet(a, String(b));
    return direction * (a - Number(b));
  });
  return keyed.map(({ row }) => row);
}
