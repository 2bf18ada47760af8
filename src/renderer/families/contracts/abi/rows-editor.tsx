import { Plus, X } from 'lucide-react';
import type { ClipboardEvent, ComponentType } from 'react';
import type { Typed } from '#main/shared/argument-text.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import type { ListShape, Shape } from './abi-shape.ts';
import { isAmount } from './amount-field.tsx';
import { pastedRows } from './pasted-rows.ts';
import { blank } from './typed-value.ts';

const rowHeight = 36;
const drawnAtOnce = 50;
/** Of the columns beside those of the members, px. */
const edges = 56;

/** What a column needs, px; a table without that room scrolls. Texts and addresses take the rest. */
function leastWidth(type: string): number {
  if (isAmount(type)) return 140;
  if (type === 'bool') return 84;
  return /^u?int\d*$/.test(type) ? 78 : 160;
}

/** A part of a value, with its editor. */
export interface PartProps {
  shape: Shape;
  typed: Typed;
  /** Its accessible name. */
  label: string;
  /** In a table, where there is no room for an example. */
  quiet?: boolean;
  onChange(typed: Typed): void;
}

interface RowsEditorProps {
  shape: ListShape;
  /** The editor of an element, or of a member of one. */
  Part: ComponentType<PartProps>;
  rows: readonly Typed[];
  label: string;
  onChange(rows: Typed[]): void;
}

/**
 * A list, one row for each element; of a list of tuples one column for each member. Alt+Enter adds a
 * row; rows that were copied as JSON or CSV fill it from the row on in which they are pasted.
 */
export function RowsEditor({ shape, Part, rows, label, onChange }: RowsEditorProps) {
  const { item, length } = shape;
  const columns = columnsOf(item);
  const add = () => onChange([...rows, blank(item)]);
  const canAdd = length === null;
  const paste = (event: ClipboardEvent, from: number) => {
    const pasted = pastedRows(item, event.clipboardData.getData('text'));
    if (!pasted) return;
    event.preventDefault();
    const next = [...rows.slice(0, from), ...pasted, ...rows.slice(from + pasted.length)];
    onChange(length === null ? next : next.slice(0, length));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pasting come from the fields inside
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.altKey || !canAdd) return;
        event.preventDefault();
        add();
      }}
      className="min-w-0 overflow-x-auto rounded-lg border border-line"
    >
      {columns && rows.length > 0 ? (
        <TupleRows {...{ shape, Part, rows, label, onChange, columns, paste }} />
      ) : (
        <ol aria-label={label} className="flex flex-col gap-1.5 px-2.5 py-1.5 empty:hidden">
          {rows.map((row, i) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: an element is its position
              key={i}
              onPaste={(event) => paste(event, i)}
              className="flex min-w-0 items-start gap-2"
            >
              <span className="w-5 shrink-0 pt-2 font-mono text-2xs text-ink-dim nums">{i}</span>
              <div className="flex min-w-0 flex-1 flex-col">
                <Part
                  shape={item}
                  typed={row}
                  label={`${label}[${i}]`}
                  onChange={(next) => onChange(rows.with(i, next))}
                />
              </div>
              {canAdd && <Remove at={i} rows={rows} onChange={onChange} />}
            </li>
          ))}
        </ol>
      )}
      {canAdd && (
        <div
          onPaste={(event) => paste(event, rows.length)}
          className="border-line px-1.5 py-1 not-first:border-t"
        >
          <Button
            size="sm"
            variant="ghost"
            shortcut="Alt+↵"
            icon={<Plus aria-hidden="true" size={14} />}
            onClick={add}
          >
            {item.of === 'tuple' ? 'Add a row' : 'Add a value'}
          </Button>
        </div>
      )}
    </div>
  );
}

function Remove({
  at,
  rows,
  onChange,
}: { at: number } & Pick<RowsEditorProps, 'rows' | 'onChange'>) {
  return (
    <IconButton
      label={`Remove row ${at}`}
      icon={<X size={14} />}
      onClick={() => onChange(rows.filter((_, i) => i !== at))}
    />
  );
}

/** null: it has no columns, or something in it needs more room than a cell. */
const columnsOf = (item: Shape): readonly Shape[] | null =>
  item.of === 'tuple' && item.members.length <= 8 && item.members.every(({ of }) => of === 'word')
    ? item.members
    : null;

interface TupleRowsProps extends RowsEditorProps {
  columns: readonly Shape[];
  paste(event: ClipboardEvent, from: number): void;
}

function TupleRows({ shape, Part, rows, label, columns, onChange, paste }: TupleRowsProps) {
  const { ref, first, end } = useRowsInView(rows.length, rowHeight, drawnAtOnce);
  return (
    <table
      aria-label={label}
      aria-rowcount={rows.length + 1}
      style={{ minWidth: edges + columns.reduce((sum, { type }) => sum + leastWidth(type), 0) }}
      className="w-full table-fixed border-collapse"
    >
      <thead>
        <tr>
          <th aria-label="Row" className="w-7" />
          {columns.map(({ name, type }, i) => (
            <th
              key={`${name} ${type}`}
              scope="col"
              style={{ width: leastWidth(type) < 160 ? leastWidth(type) : undefined }}
              className="h-7 truncate px-1.5 text-left text-2xs font-normal"
            >
              <span className="text-ink-soft">{name || `[${i}]`}</span>{' '}
              <span className="font-mono text-ink-dim">{type}</span>
            </th>
          ))}
          {shape.length === null && <th aria-label="Remove" className="w-7" />}
        </tr>
      </thead>
      <tbody ref={ref}>
        <Space rows={first} />
        {rows.slice(first, end).map((row, shown) => {
          const i = first + shown;
          const cells = typeof row === 'string' ? [] : row;
          return (
            <tr key={i} onPaste={(event) => paste(event, i)}>
              <td className="text-center font-mono text-2xs text-ink-dim nums">{i}</td>
              {columns.map((column, at) => (
                <td
                  key={`${column.name} ${column.type}`}
                  style={{ height: rowHeight }}
                  className="px-1"
                >
                  <div className="flex min-w-0">
                    <Part
                      shape={column}
                      typed={cells[at] ?? ''}
                      label={`${label}[${i}].${column.name || at}`}
                      quiet
                      onChange={(next) => onChange(rows.with(i, cells.with(at, next)))}
                    />
                  </div>
                </td>
              ))}
              {shape.length === null && (
                <td>
                  <Remove at={i} rows={rows} onChange={onChange} />
                </td>
              )}
            </tr>
          );
        })}
        <Space rows={rows.length - end} />
      </tbody>
    </table>
  );
}

/** Height of rows that aren't drawn. */
const Space = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr>
      <td style={{ height: rows * rowHeight, padding: 0 }} />
    </tr>
  );
