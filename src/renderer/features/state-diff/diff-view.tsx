import { Equal } from 'lucide-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { type DiffKind, diffKinds, diffRows } from './diff-rows.ts';
import { DiffTable } from './diff-table.tsx';
import type { StateDifference } from './use-state-diff.ts';

const kindWord: Record<DiffKind, string> = {
  all: 'Everything',
  accounts: 'Balances and nonces',
  code: 'Code',
  storage: 'Storage',
  authority: 'Owners and roles',
};

/** What differs, as a table that can be narrowed down. */
export function DiffView({ difference: { head, accounts } }: { difference: StateDifference }) {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<DiffKind>('all');
  const [withSystem, setWithSystem] = useState(false);
  const rows = useMemo(
    () => diffRows(accounts, { kind, text, withSystem }),
    [accounts, kind, text, withSystem],
  );
  if (accounts.length === 0) {
    return (
      <EmptyState icon={<Equal size={22} />} title="Nothing differs">
        Every account, its code and its storage are the same in both states.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchField
          label="Find an account, a variable or a value"
          value={text}
          onChange={setText}
          className="w-80"
        />
        <Select<DiffKind>
          label="Show"
          value={kind}
          options={diffKinds.map((one) => ({
            ...{ value: one, label: kindWord[one], text: kindWord[one] },
          }))}
          onChange={setKind}
        />
        <Switch label="With the chain’s own writes" checked={withSystem} onChange={setWithSystem} />
      </div>
      {rows.length === 0 ? (
        <p role="status" className="text-sm text-ink-dim">
          Nothing of what differs fits.
        </p>
      ) : (
        <DiffTable network={head.chain} rows={rows} />
      )}
    </div>
  );
}
