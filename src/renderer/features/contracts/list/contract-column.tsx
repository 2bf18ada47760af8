import { useDeferredValue, useMemo, useState } from 'react';
import { useKnownContracts } from '../use-known-contracts.ts';
import { ContractList, useFolded } from './contract-list.tsx';
import { contractRows } from './contract-rows.ts';
import { FilterField } from './filter-field.tsx';

/** The contracts of a network beside one of them. */
export function ContractColumn({ network, address }: { network: string; address: string }) {
  const { contracts, added, total } = useKnownContracts(network);
  const [text, setText] = useState('');
  const [folded, fold] = useFolded();
  const wanted = useDeferredValue(text);
  const rows = useMemo(
    () => contractRows({ contracts, added }, { text: wanted, network, folded }),
    [contracts, added, wanted, network, folded],
  );
  return (
    <aside
      aria-label={`Contracts on ${network}`}
      className="flex w-[232px] shrink-0 flex-col border-r border-line"
    >
      <div className="flex shrink-0 p-2.5">
        <FilterField total={total + added.length} value={text} onChange={setText} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2">
        <ContractList rows={rows} folded={folded} onFold={fold} beside={address} />
      </div>
    </aside>
  );
}
