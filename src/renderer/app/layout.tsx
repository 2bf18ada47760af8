import { Toaster } from 'sonner';
import { ConnectionBanner } from '../features/app/connection-banner.tsx';
import { ChainWatchers } from '../features/chains/chain-watchers.tsx';
import { FundDialog } from '../features/chains/fund-dialog.tsx';
import { AddProjectDialog } from '../features/projects/add-project-dialog.tsx';
import { appliedTheme, useTheme } from '../features/settings/theme.ts';
import { useSettings } from '../features/settings/use-settings.ts';
import { CommandPalette } from './command-palette.tsx';
import { useNetworkInView } from './in-view.ts';
import { usePanels } from './panels-state.ts';
import { RightPanel } from './right-panel.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { Workspace } from './workspace.tsx';

export function Layout() {
  useTheme();
  const theme = useSettings().settings?.theme ?? 'system';
  const network = useNetworkInView();
  const chainPanel = usePanels((state) => state.chain);
  return (
    <div className="flex h-full flex-col">
      <ChainWatchers inView={network} />
      <TitleBar />
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <Workspace />
        {chainPanel && <RightPanel network={network} />}
      </div>
      <StatusBar />
      <CommandPalette />
      <AddProjectDialog />
      <FundDialog />
      <Toaster
        theme={appliedTheme(theme)}
        position="top-right"
        offset={{ top: 48, right: 12 }}
        visibleToasts={4}
        toastOptions={{
          classNames: {
            toast: '!rounded-lg !border-line-strong !bg-raised !text-ink !font-sans !shadow-pop',
            title: '!text-sm !font-medium',
            description: '!text-xs !text-ink-dim !break-words',
            actionButton: '!bg-accent !text-on-accent !font-medium',
            closeButton: '!border-line-strong !bg-raised !text-ink-soft',
            success: '[&_[data-icon]]:!text-ok',
            error: '[&_[data-icon]]:!text-bad',
            warning: '[&_[data-icon]]:!text-warn',
          },
        }}
      />
    </div>
  );
}
