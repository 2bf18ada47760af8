import { memo, useMemo, useState } from 'react';
import type { LabelledAddress } from '#main/features/address-book/contract.ts';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { addressPath } from '../../core/paths.ts';
import { ColorDot } from '../../ui/color-dot.tsx';
import { plural } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type SortColumn, SortHeading } from '../../ui/sort-heading.tsx';
import { sorted, useSorting } from '../../ui/sorting.ts';
import { Td, Th } from '../../ui/table.tsx';

type Id = 'label' | 'address' | 'network' | 'changed';

const columns: readonly SortColumn<Id>[] = [
  { id: 'label', title: 'Label' },
  { id: 'address', title: 'Address', priority: 0 },
  { id: 'network', title: 'Network', priority: 1 },
  { id: 'changed', title: 'Changed', end: true, priority: 2 },
];

function valueIn({ label, address, network, changedAt }: LabelledAddress, id: Id) {
  if (id === 'changed') return changedAt;
  return { label, address, network }[id];
}

/** From so many on they are searched. */
const manyLabels = 8;

function fitting(book: readonly LabelledAddress[], text: string): readonly LabelledAddress[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return book;
  return book.filter(({ label, address, network }) =>
    `${label}\n${address}\n${network ?? ''}`.toLowerCase().includes(wanted),
  );
}

/** All labels, searched and in any order. */
export function AddressTable({ book }: { book: readonly LabelledAddress[] }) {
  const [text, setText] = useState('');
  const { sorting, choose } = useSorting<Id>('label');
  const rows = useMemo(() => sorted(fitting(book, text), sorting, valueIn), [book, text, sorting]);
  return (
    <div className="flex flex-col gap-3">
      {book.length >= manyLabels && (
        <div className="flex items-center gap-3">
          <SearchField label="Search labels" value={text} onChange={setText} className="w-72" />
          <span role="status" className="text-xs text-ink-dim nums">
            {plural(rows.length, 'label')}
          </span>
        </div>
      )}
      <RowTable
        label="Labelled addresses"
        head={
          <>
            {columns.map((column) => (
              <SortHeading key={column.id} column={column} sorting={sorting} onChoose={choose} />
            ))}
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
        count={rows.length}
        keyOf={(index) => `${rows[index]?.network} ${rows[index]?.address}`}
      >
        {(index) => <Row one={rows[index] as LabelledAddress} index={index} />}
      </RowTable>
    </div>
  );
}

interface RowProps {
  one: LabelledAddress;
  index: number;
}

const Row = memo(function Row({ one, index }: RowProps) {
  const { address, network, label, color, changedAt } = one;
  const { send } = useCommand(client.addressBook.remove);
  return (
    <tr {...rowAt(index)} className="group hover:bg-hover">
      <Td className="w-full max-w-0 truncate">
        <span className="inline-flex max-w-full items-center gap-2 font-medium">
          {color ? <ColorDot color={color} /> : <span className="size-2 shrink-0" />}
          <span className="truncate">{label}</span>
        </span>
      </Td>
      <Td mono>
        <HexLink href={addressPath(network ?? 'local', address)} value={address} what="address">
          {address}
        </HexLink>
      </Td>
      <Td className={network === null ? 'text-ink-dim' : ''}>{network ?? 'all'}</Td>
      <Td end className="text-ink-dim">
        <RelativeTime at={changedAt} />
      </Td>
      <Td end>
        <Menu
          label={`More for ${label}`}
          items={[
            {
              label: 'Label…',
              onSelect: () =>
                openLabelDialog({ network, address, scope: network === null ? 'all' : 'network' }),
            },
            { label: 'Remove', danger: true, onSelect: () => void send({ address, network }) },
          ]}
        />
      </Td>
    </tr>
  );
});
