import { History } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type HistoryFilter, HistoryFilters } from '../deployments/history-filters.tsx';
import { HistoryTable } from '../deployments/history-table.tsx';

export function HistoryTab({ project }: { project: number }) {
  const [filter, setFilter] = useState<HistoryFilter>({});
  return (
    <div className="flex flex-col gap-3 p-5">
      <div className="flex gap-2">
        <HistoryFilters value={filter} onChange={setFilter} />
      </div>
      <HistoryTable
        project={project}
        {...filter}
        empty={
          <EmptyState icon={<History size={22} />} title="No deployment to show">
            Each run of this project stays here with its log, its contracts and its gas.
          </EmptyState>
        }
      />
    </div>
  );
}
