import { create } from 'zustand';
import { openRoom } from '../../core/panel/panel-room.ts';
import { changeTabs } from '../../core/panel/panel-store.ts';
import type { TabKey } from '../../core/panel/panel-tab.ts';
import { selected } from '../../core/panel/panel-tabs.ts';

/** The tab whose name is being written. */
export const useRenaming = create<{ key: TabKey | null }>(() => ({ key: null }));

export function startRenaming(key: TabKey): void {
  // So that it is in the bar.
  changeTabs(selected, key);
  openRoom();
  useRenaming.setState({ key });
}

export function stopRenaming(): void {
  useRenaming.setState({ key: null });
}
