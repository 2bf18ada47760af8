import { usePanelTabs } from '../../core/panel/panel-store.ts';
import { allTabs } from '../../core/panel/panel-tabs.ts';

/** Whether the terminal panel has nothing to show. */
export const usePanelEmpty = (): boolean => usePanelTabs((state) => allTabs(state).length === 0);
