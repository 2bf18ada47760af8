import { ConnectionBanner } from '../features/app/connection-banner.tsx';
import { ChainWatchers } from '../features/chains/chain-watchers.tsx';
import { FundDialog } from '../features/chains/fund-dialog.tsx';
import { RunDialogs } from '../features/deployments/run-dialogs.tsx';
import { AddProjectDialog } from '../features/projects/add-project-dialog.tsx';
import { useTheme } from '../features/settings/theme.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { CommandPalette } from './command-palette.tsx';
import { useNetworkInView } from './in-view.ts';
import { RightPanel } from './right-panel.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toasts } from './toasts.tsx';
import { useChainPanel } from './use-chain-panel.ts';
import { Workspace } from './workspace.tsx';

export function Layout() {
  useTheme();
  const network = useNetworkInView();
  const chainPanel = useChainPanel();
  return (
    <div className="flex h-full flex-col">
      <ChainWatchers inView={network} />
      <TitleBar />
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <Workspace />
        {chainPanel && (
          <ErrorBoundary key={network}>
            <RightPanel network={network} />
          </ErrorBoundary>
        )}
      </div>
      <StatusBar />
      <CommandPalette />
      <AddProjectDialog />
      <FundDialog />
      <RunDialogs />
      <Toasts />
    </div>
  );
}
