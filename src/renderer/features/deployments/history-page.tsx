import { History } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { type HistoryFilter, HistoryFilters } from './history-filters.tsx';
import { HistoryTable } from './history-table.tsx';

/** Every deployment of every project. */
export function HistoryPage() {
  const [filter, setFilter] = useState<HistoryFilter>({});
  const filtered = filter.network !== undefined || filter.status !== undefined;
  return (
    <Page title="History" actions={<HistoryFilters value={filter} onChange={setFilter} />}>
      <HistoryTable
        {...filter}
        empty={
          <EmptyState
            icon={<History size={22} />}
            title={filtered ? 'No deployment fits this filter' : 'Nothing deployed yet'}
          >
            {filtered
              ? 'Choose another network or result.'
              : 'Every deployment is kept here with its log, contracts and gas. Open a project and press D.'}
          </EmptyState>
        }
      />
    </Page>
  );
}
