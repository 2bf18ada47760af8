import { keyOf, type PanelTab, type TabKey } from '../../core/panel/panel-tab.ts';

/** Of a tab, px: how narrow one may get, and how wide the one in front may be. */
export const narrowestTab = 128;
export const widestTab = 216;

interface Room {
  active: TabKey | null;
  /** Of the bar, px. */
  width: number;
  isEnded(tab: PanelTab): boolean;
}

/**
 * The tabs for which a bar has no room: of those that have ended the oldest first, then of the
 * others; pinned ones last, and never the one in front.
 */
export function foldedTabs(tabs: readonly PanelTab[], { active, width, isEnded }: Room) {
  const fitting = 1 + Math.max(0, Math.floor((width - widestTab) / narrowestTab));
  const behind = tabs.filter((tab) => keyOf(tab) !== active);
  const rank = (tab: PanelTab) => (tab.pinned ? 2 : isEnded(tab) ? 0 : 1);
  const leaving = [...behind].sort((one, other) => rank(one) - rank(other));
  const gone = leaving.slice(0, Math.max(0, behind.length + 1 - fitting));
  return tabs.filter((tab) => gone.includes(tab));
}
