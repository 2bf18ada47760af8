import { useRoute } from 'wouter';
import { ConnectionBanner } from '../features/app/connection-banner.tsx';
import { ChainWatchers } from '../features/chains/chain-watchers.tsx';
import { FundDialog } from '../features/chains/fund-dialog.tsx';
import { AddProjectDialog } from '../features/projects/add-project-dialog.tsx';
import { useTheme } from '../features/settings/theme.ts';
import { CommandPalette } from './command-palette.tsx';
import { useNetworkInView } from './in-view.ts';
import { usePanels } from './panels-state.ts';
import { RightPanel } from './right-panel.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toasts } from './toasts.tsx';
import { Workspace } from './workspace.tsx';

export function Layout() {
  useTheme();
  const network = useNetworkInView();
  // That page shows the same, wider.
  const [onChainPage] = useRoute('/chains/:name');
  const chainPanel = usePanels((state) => state.chain);
  return (
    <div className="flex h-full flex-col">
      <ChainWatchers inView={network} />
      <TitleBar />
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <Workspace />
        {chainPanel && !onChainPage && <RightPanel network={network} />}
      </div>
      <StatusBar />
      <CommandPalette />
      <AddProjectDialog />
      <FundDialog />
      <Toasts />
    </div>
  );
}
