import { AddressLink } from '../../core/inside/address-link.tsx';
import { ChangeValue } from '../../core/inside/change-value.tsx';
import { shortSlot } from '../../core/inside/change-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { plural } from '../../ui/format.ts';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Spacer } from '../../ui/spacer-row.tsx';
import type { Tone } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { type AccountRow, type ChangeRow, codeWord, type DiffRow } from './diff-rows.ts';

const rowHeight = 35;

/** Accounts with their changes. Of a long table only the rows in view are drawn. */
export function DiffTable({ network, rows }: { network: string; rows: readonly DiffRow[] }) {
  const { ref, first, end } = useRowsInView(rows.length, rowHeight);
  return (
    <Table label="State changes" rows={rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <Th>What</Th>
          <Th end>Before</Th>
          <Th>After</Th>
          <Th end className="hidden @3xl:table-cell">
            Difference
          </Th>
        </tr>
      </thead>
      <tbody ref={ref}>
        <Spacer height={first * rowHeight} />
        {rows.slice(first, end).map((row, i) => {
          const index = first + i + 2;
          return row.kind === 'account' ? (
            <Account key={row.key} row={row} network={network} index={index} />
          ) : (
            <Change key={row.key} row={row} index={index} />
          );
        })}
        <Spacer height={(rows.length - end) * rowHeight} />
      </tbody>
    </Table>
  );
}

const codeTone: Record<'new' | 'gone' | 'replaced', Tone> = {
  new: 'ok',
  gone: 'bad',
  replaced: 'warn',
};

function Account({
  row: { of, count },
  network,
  index,
}: {
  row: AccountRow;
  network: string;
  index: number;
}) {
  const word = codeWord(of);
  return (
    <tr className="group bg-raised" aria-rowindex={index}>
      <td colSpan={4} className="h-[35px] border-b border-line px-3 align-middle whitespace-nowrap">
        <span className="flex items-center gap-2.5">
          <AddressLink network={network} of={of} />
          {word && <Badge tone={codeTone[word]}>{word === 'replaced' ? 'new code' : word}</Badge>}
          {of.system && <span className="text-xs text-ink-dim">{of.system}</span>}
          {of.problem && (
            <span className="min-w-0 truncate text-xs text-warn" title={of.problem}>
              {of.problem}
            </span>
          )}
          <span className="ml-auto text-xs text-ink-dim nums">{plural(count, 'change')}</span>
        </span>
      </td>
    </tr>
  );
}

function Change({ row, index }: { row: ChangeRow; index: number }) {
  const { name, isRaw, type, before, after, difference, authority } = row;
  return (
    <tr className="group hover:bg-hover" aria-rowindex={index}>
      <Td mono className={`max-w-60 truncate @3xl:max-w-96 ${isRaw ? '' : 'text-ink!'}`}>
        <span className="pl-4" title={type === null ? name : `${type} ${name}`}>
          {isRaw ? `slot ${shortSlot(name)}` : name}
        </span>
        {authority && (
          <span className="pl-2 font-sans text-accent" title={`${authority}: who may do what`}>
            {authority}
          </span>
        )}
      </Td>
      <Td mono end className="max-w-44 truncate">
        <ChangeValue text={before} shown={before} />
      </Td>
      <Td mono className="w-full max-w-0 text-ink!">
        <span className="flex items-baseline gap-3">
          <span aria-hidden="true" className="text-ink-dim">
            →
          </span>
          <ChangeValue text={after} shown={after} />
        </span>
      </Td>
      <Td mono end className="hidden max-w-44 truncate text-ink-dim! @3xl:table-cell">
        {difference}
      </Td>
    </tr>
  );
}
