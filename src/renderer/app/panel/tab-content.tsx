import type { PanelTab } from '../../core/panel/panel-tab.ts';
import { useTerminals } from '../../features/terminals/use-terminals.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import type { Searching } from '../../ui/terminal/terminal-frame.tsx';

const ContainerLog = lazyPart(
  async () => (await import('../../features/containers/container-log.tsx')).ContainerLog,
);
const RunLog = lazyPart(
  async () => (await import('../../features/deployments/log/run-log.tsx')).RunLog,
);
const ShellView = lazyPart(
  async () => (await import('../../features/terminals/shell-view.tsx')).ShellView,
);

interface TabContentProps {
  tab: PanelTab;
  searching: Searching;
  /** Leaves a shell by keyboard. */
  onLeave(): void;
}

/** What the tab in front shows. */
export function TabContent({ tab, searching, onLeave }: TabContentProps) {
  const shells = useTerminals().data;
  if (tab.kind === 'log') return <RunLog tab={tab} searching={searching} />;
  if (tab.kind === 'container') return <ContainerLog tab={tab} searching={searching} />;
  const terminal = shells?.find(({ id }) => id === tab.id);
  return terminal && <ShellView terminal={terminal} searching={searching} onLeave={onLeave} />;
}
