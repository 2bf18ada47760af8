import { History } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { Slot } from '../../core/feature/slot.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterOf, type HistoryView, isFiltered, parseView, viewPath } from './history-filter.ts';
import { HistoryList } from './history-list.tsx';
import { ListExport } from './list-export.tsx';
import { SearchResults } from './search-results.tsx';

/** Every deployment of every project. The filters are in the address, so a reload keeps them. */
export function HistoryPage({ segment }: { segment: string }) {
  const [, navigate] = useLocation();
  const view = useMemo(() => parseView(segment), [segment]);
  const change = useCallback(
    (next: HistoryView) => navigate(viewPath(next), { replace: true }),
    [navigate],
  );
  const filter = filterOf(view, Date.now());
  const filtered = isFiltered(view);
  return (
    <Page title="History" actions={<ListExport filter={filter} />}>
      <div className="flex flex-col gap-4">
        <FilterBar view={view} onChange={change} withProject />
        {view.attention ? (
          <Slot name="history.attention" project={view.project} target={view.network} />
        ) : view.text === undefined ? (
          <HistoryList
            key={segment}
            filter={filter}
            withProject
            empty={
              <EmptyState
                icon={<History size={22} />}
                title={filtered ? 'No deployment fits this filter' : 'Nothing deployed yet'}
              >
                {filtered
                  ? 'Take a part of the filter away.'
                  : 'Every deployment is kept here with its log, contracts and gas. Open a project and press D.'}
              </EmptyState>
            }
          />
        ) : (
          <SearchResults text={view.text} filter={filter} />
        )}
      </div>
    </Page>
  );
}
