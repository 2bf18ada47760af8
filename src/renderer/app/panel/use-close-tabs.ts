import { changeTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab } from '../../core/panel/panel-tab.ts';
import { closed } from '../../core/panel/panel-tabs.ts';
import { ask } from '../../core/questions/question.ts';
import { useShells } from '../../features/terminals/use-shells.ts';
import { plural } from '../../ui/format.ts';

/** Closes tabs, which ends shells: `closeOthers` asks first when one of them runs. */
export function useCloseTabs(isEnded: (tab: PanelTab) => boolean) {
  const { close } = useShells();
  const closeTabs = (tabs: readonly PanelTab[]) => {
    changeTabs(closed, tabs.filter(({ kind }) => kind !== 'shell').map(keyOf));
    // The tab of a shell goes once the core has ended it.
    for (const tab of tabs) if (tab.kind === 'shell') void close(tab.id);
  };
  const closeOthers = (tabs: readonly PanelTab[]) => {
    const running = tabs.filter((tab) => tab.kind === 'shell' && !isEnded(tab)).length;
    if (running === 0) closeTabs(tabs);
    else {
      ask({
        title: `Close ${plural(tabs.length, 'tab')}?`,
        text: `This ends ${plural(running, 'running shell')}, and what runs in it.`,
        ...{ confirm: 'Close them', act: () => closeTabs(tabs) },
      });
    }
  };
  return { closeTabs, closeOthers };
}
