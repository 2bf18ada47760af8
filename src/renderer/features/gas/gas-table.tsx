import { useMemo } from 'react';
import { type GasRow, namesOfSeveral } from '#main/features/gas/contract.ts';
import { bytes, count } from '../../ui/format.ts';
import { rowAt } from '../../ui/row-focus.ts';
import type { SortColumn } from '../../ui/sort-heading.tsx';
import { Td } from '../../ui/table.tsx';
import { GasContract, GasFunction, nameText } from './gas-name.tsx';
import { SortedTable } from './sorted-table.tsx';

type Id =
  | 'name'
  | 'function'
  | 'calls'
  | 'min'
  | 'median'
  | 'mean'
  | 'max'
  | 'own'
  | 'total'
  | 'code';

const wide = 'hidden @4xl:table-cell';
const middle = 'hidden @2xl:table-cell';

const columns: readonly SortColumn<Id>[] = [
  { id: 'name', title: 'Contract' },
  { id: 'function', title: 'Function' },
  { id: 'calls', title: 'Calls', end: true },
  { id: 'min', title: 'Least', end: true, className: wide },
  { id: 'median', title: 'Median', end: true, className: wide },
  { id: 'mean', title: 'Mean', end: true },
  { id: 'max', title: 'Most', end: true, className: middle },
  {
    ...{ id: 'own', title: 'Own mean', end: true, className: wide },
    about: 'Without the contracts that it called',
  },
  { id: 'total', title: 'Total', end: true, className: middle },
  { id: 'code', title: 'Code', end: true, className: wide, about: 'Of what was created' },
];

function valueIn(row: GasRow, id: Id): number | string | null {
  if (id === 'name') return nameText(row);
  if (id === 'function') return row.function;
  if (id === 'calls') return row.calls;
  if (id === 'code') return row.codeSize;
  if (id === 'own') return row.own?.mean ?? null;
  return row.gas?.[id] ?? null;
}

/** The gas of calls by contract and function. */
export function GasTable({ network, rows }: { network: string; rows: readonly GasRow[] }) {
  const several = useMemo(() => namesOfSeveral(rows), [rows]);
  return (
    <SortedTable
      label="Gas"
      columns={columns}
      rows={rows}
      first="total"
      valueIn={valueIn}
      keyOf={(row) => `${row.kind} ${nameText(row)} ${row.through}`}
    >
      {(row, index) => (
        <tr {...rowAt(index)} className="group hover:bg-hover">
          <Td className="max-w-56 truncate">
            <GasContract of={row} network={network} several={several} />
          </Td>
          <Td mono className="w-full max-w-0 truncate">
            <GasFunction of={row} />
          </Td>
          <Td end>
            {count(row.calls)}
            {row.failed > 0 && <span className="text-bad"> {count(row.failed)} failed</span>}
          </Td>
          <Td end className={wide}>
            {count(row.gas?.min ?? null)}
          </Td>
          <Td end className={wide}>
            {count(row.gas?.median ?? null)}
          </Td>
          <Td end>{count(row.gas?.mean ?? null)}</Td>
          <Td end className={middle}>
            {count(row.gas?.max ?? null)}
          </Td>
          <Td end className={wide}>
            {count(row.own?.mean ?? null)}
          </Td>
          <Td end className={middle}>
            {count(row.gas?.total ?? null)}
          </Td>
          <Td end className={wide}>
            {row.codeSize === null ? '' : bytes(row.codeSize)}
          </Td>
        </tr>
      )}
    </SortedTable>
  );
}
