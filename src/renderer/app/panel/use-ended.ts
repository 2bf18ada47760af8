import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { usePanelTabs } from '../../core/panel/panel-store.ts';
import type { PanelTab } from '../../core/panel/panel-tab.ts';
import { allTabs } from '../../core/panel/panel-tabs.ts';
import { useQueue } from '../../core/queries/use-queue.ts';
import { useTerminals } from '../../features/terminals/use-terminals.ts';

/** Tells whether what a tab shows goes on no more. */
export function useEnded(): (tab: PanelTab) => boolean {
  const queue = useQueue().data;
  const shells = useTerminals().data;
  const enabled = usePanelTabs((state) => allTabs(state).some(({ kind }) => kind === 'container'));
  const containers = useQuery(api.containers.list.queryOptions({ enabled })).data;
  return ({ kind, id }) => {
    if (kind === 'log') {
      return (
        queue !== undefined && ![...queue.running, ...queue.waiting].some((run) => run.id === id)
      );
    }
    if (kind === 'shell') return shells?.find((shell) => shell.id === id)?.exit != null;
    return containers !== undefined && !containers.some((one) => isRunning(one, id));
  };
}

const isRunning = (container: { id: string; state: string }, id: string): boolean =>
  container.id === id && container.state === 'running';
