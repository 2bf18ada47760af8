import { changeTabs, showTab, usePanelTabs } from '../../core/panel/panel-store.ts';
import { withoutLastClosed } from '../../core/panel/panel-tabs.ts';
import { useShells } from '../../features/terminals/use-shells.ts';

/** Brings back the tab that was closed last: of a shell another one in the same project. */
export function useReopen() {
  const last = usePanelTabs((state) => state.closed.at(-1));
  const { open } = useShells();
  return {
    canReopen: last !== undefined,
    reopen: () => {
      if (!last) return;
      changeTabs(withoutLastClosed);
      if (last.kind === 'shell') void open(last.project.id, last.name);
      else showTab(last);
    },
  };
}
