import { cx } from './cx.ts';
import { Table, Td, Th } from './table.tsx';

export interface DiffRow {
  name: string;
  a: string | null;
  b: string | null;
  changed: boolean;
}

/** Values side by side; differences are highlighted, and named for screen readers. */
export function DiffTable({ label, rows }: { label: string; rows: DiffRow[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th className="w-44" priority={0} />
          <Th className="w-[40%]" priority={0}>
            A
          </Th>
          <Th className="w-[40%]" priority={0}>
            B
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className="group">
            <Td className="max-w-72 truncate text-ink-dim">
              {row.name}
              {row.changed && <span className="sr-only"> differs</span>}
            </Td>
            {([row.a, row.b] as const).map((value, side) => (
              <Td
                // biome-ignore lint/suspicious/noArrayIndexKey: a side is its position
                key={side}
                mono
                className={cx(
                  'max-w-0 py-1.5 break-words whitespace-pre-wrap',
                  row.changed ? 'text-warn' : '',
                )}
              >
                {value ?? '—'}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
