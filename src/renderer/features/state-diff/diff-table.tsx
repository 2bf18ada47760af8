import { AddressLink } from '../../core/inside/address-link.tsx';
import { ChangeValue } from '../../core/inside/change-value.tsx';
import { shortSlot } from '../../core/inside/change-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { plural } from '../../ui/format.ts';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import type { Tone } from '../../ui/state-dot.tsx';
import { Td, Th } from '../../ui/table.tsx';
import { type AccountRow, type ChangeRow, codeWord, type DiffRow } from './diff-rows.ts';

/** Accounts with their changes. */
export function DiffTable({ network, rows }: { network: string; rows: readonly DiffRow[] }) {
  return (
    <RowTable
      label="State changes"
      head={
        <>
          <Th>What</Th>
          <Th end>Before</Th>
          <Th>After</Th>
          <Th end className="hidden @3xl:table-cell">
            Difference
          </Th>
        </>
      }
      count={rows.length}
      keyOf={(index) => rows[index]?.key ?? index}
    >
      {(index) => {
        const row = rows[index];
        if (!row) return null;
        return row.kind === 'account' ? (
          <Account row={row} network={network} index={index} />
        ) : (
          <Change row={row} index={index} />
        );
      }}
    </RowTable>
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
    <tr {...rowAt(index)} className="group bg-raised">
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
    <tr {...rowAt(index)} className="group hover:bg-hover">
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
