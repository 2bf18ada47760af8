import { changeTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab } from '../../core/panel/panel-tab.ts';
import { closed } from '../../core/panel/panel-tabs.ts';
import { ask } from '../../core/questions/question.ts';
import { useShells } from '../../features/terminals/use-shells.ts';
import { plural } from '../../ui/format.ts';

/** Closes tabs. That ends shells, so several tabs with a running one among them are asked about. */
export function useCloseTabs(
  isEnded: (tab: PanelTab) => boolean,
): (tabs: readonly PanelTab[]) => void {
  const { close } = useShells();
  return (tabs) => {
    const act = () => {
      changeTabs(closed, tabs.filter(({ kind }) => kind !== 'shell').map(keyOf));
      // The tab of a shell goes once the core has ended it.
      for (const tab of tabs) if (tab.kind === 'shell') void close(tab.id);
    };
    const running = tabs.filter((tab) => tab.kind === 'shell' && !isEnded(tab)).length;
    if (running === 0 || tabs.length === 1) act();
    else {
      ask({
        title: `Close ${plural(tabs.length, 'tab')}?`,
        text: `This ends ${plural(running, 'running shell')}, and what runs in it.`,
        ...{ confirm: 'Close them', act },
      });
    }
  };
}
