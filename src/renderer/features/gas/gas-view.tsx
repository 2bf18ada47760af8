import { Fuel } from 'lucide-react';
import { useState } from 'react';
import type { GasReport } from '#main/features/gas/contract.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { nameText } from './gas-name.tsx';
import { GasProblems } from './gas-summary.tsx';
import { GasTable } from './gas-table.tsx';

/** A report as a table that can be searched. */
export function GasView({ report }: { report: GasReport }) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const rows = report.rows.filter((row) => nameText(row).toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-3">
      <GasProblems of={report} />
      {report.rows.length === 0 ? (
        <EmptyState icon={<Fuel size={22} />} title="No call of a contract is known">
          Calls are recorded when they are mined, and counted here by contract and function: those
          between contracts, too.
        </EmptyState>
      ) : (
        <>
          <SearchField
            label="Find a contract or a function"
            value={text}
            onChange={setText}
            className="max-w-72"
          />
          <GasTable network={report.network} rows={rows} />
          <p className="text-xs text-ink-dim">
            With all that was called; a call that is a transaction also has what the transaction
            itself costs. Calls that failed are counted, and left out of the figures.
          </p>
        </>
      )}
    </div>
  );
}
