import { Search } from 'lucide-react';
import type { PanelTab } from '../../core/panel/panel-tab.ts';
import { DownloadLog } from '../../features/deployments/log/download-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Searching } from '../../ui/terminal/terminal-frame.tsx';
import type { TabActions } from './use-tab-actions.tsx';

interface HalfToolsProps {
  tab: PanelTab;
  actions: TabActions;
  searching: Searching;
}

/** What can be done with the tab in front. */
export function HalfTools({ tab, actions, searching }: HalfToolsProps) {
  return (
    <>
      <IconButton
        label={`Search in the ${tab.kind === 'shell' ? 'shell' : 'log'}`}
        aria-pressed={searching.asked > 0}
        icon={<Search size={15} />}
        onClick={searching.asked > 0 ? searching.close : searching.open}
      />
      {tab.kind === 'log' && <DownloadLog tab={tab} />}
      <Menu label="More for this tab" items={Object.values(actions)} />
    </>
  );
}
