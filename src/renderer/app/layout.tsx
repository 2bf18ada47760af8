import { ConnectionBanner } from '../core/connection/connection-banner.tsx';
import { Slot } from '../core/feature/slot.tsx';
import { useInView } from '../core/in-view.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { laterPart } from '../ui/lazy-part.tsx';
import { AskedDialog } from './asked-dialog.tsx';
import { EarlyPalette } from './early-palette.tsx';
import { WindowKeys } from './keys/window-keys.tsx';
import { Workspace } from './panel/workspace.tsx';
import { RightPanel } from './right-panel.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useTheme } from './theme.ts';
import { TitleBar } from './title-bar.tsx';
import { useChainPanel } from './use-chain-panel.ts';

const TooltipHost = laterPart(async () => (await import('../ui/tooltip-host.tsx')).TooltipHost);
const Toasts = laterPart(async () => (await import('./toasts.tsx')).Toasts);

export function Layout() {
  useTheme();
  const view = useInView();
  const chainPanel = useChainPanel(view.target);
  return (
    <div className="flex h-full flex-col">
      <Slot name="background" {...view} />
      <TitleBar />
      <ConnectionBanner />
      <Slot name="banners" />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <Workspace />
        {chainPanel && (
          <ErrorBoundary key={view.target}>
            <RightPanel target={view.target} />
          </ErrorBoundary>
        )}
      </div>
      <StatusBar />
      <EarlyPalette />
      <WindowKeys />
      <AskedDialog />
      <Slot name="overlays" />
      <Toasts />
      <TooltipHost />
    </div>
  );
}
