import { History } from 'lucide-react';
import { useState } from 'react';
import { Slot } from '../../core/feature/slot.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterOf, type HistoryView } from './history-filter.ts';
import { HistoryList } from './history-list.tsx';
import { SearchResults } from './search-results.tsx';

export function HistoryTab({ project }: { project: number }) {
  const [view, setView] = useState<HistoryView>({});
  const filter = { ...filterOf(view, Date.now()), project };
  return (
    <div className="flex flex-col gap-3 p-5">
      <FilterBar view={view} onChange={setView} withProject={false} />
      {view.attention ? (
        <Slot name="history.attention" project={project} target={view.network} />
      ) : view.text === undefined ? (
        <HistoryList
          filter={filter}
          withProject={false}
          empty={
            <EmptyState icon={<History size={22} />} title="No deployment to show">
              Each run of this project stays here with its log, its contracts and its gas.
            </EmptyState>
          }
        />
      ) : (
        <SearchResults text={view.text} filter={filter} />
      )}
    </div>
  );
}
