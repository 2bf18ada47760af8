import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { openRoom } from './panel-room.ts';
import type { PanelTab } from './panel-tab.ts';
import { noTabs, type PanelTabs, shown } from './panel-tabs.ts';
import { windowStorage } from './window-storage.ts';

/** The tabs of the terminal panel. A reload of the page restores them. */
export const usePanelTabs = create<PanelTabs>()(
  persist(() => noTabs, {
    name: 'drydock.tabs',
    version: 1,
    storage: createJSONStorage(() => windowStorage),
  }),
);

/** @param how one of the functions of `panel-tabs.ts` */
export function changeTabs<Rest extends unknown[]>(
  how: (state: PanelTabs, ...rest: Rest) => PanelTabs,
  ...rest: Rest
): void {
  usePanelTabs.setState((state) => how(state, ...rest));
}

/** Opens a tab that the user wants to see, and the panel with it. */
export function showTab(tab: PanelTab): void {
  changeTabs(shown, tab);
  openRoom();
}
