import { ChevronDown } from 'lucide-react';
import { openRoom } from '../../core/panel/panel-room.ts';
import { changeTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab, tabWords } from '../../core/panel/panel-tab.ts';
import { selected } from '../../core/panel/panel-tabs.ts';
import { Menu } from '../../ui/menu.tsx';

/** The tabs for which the bar has no room. */
export function MoreTabs({ tabs }: { tabs: readonly PanelTab[] }) {
  const items = tabs.map((tab) => {
    const { title, place } = tabWords(tab);
    const show = () => {
      changeTabs(selected, keyOf(tab));
      openRoom();
    };
    return { label: `${title} · ${place}`, onSelect: show };
  });
  return (
    <Menu
      label="More tabs"
      items={items}
      className="flex h-[26px] gap-1 px-2 text-xs whitespace-nowrap text-ink-dim nums hover:text-ink"
    >
      {tabs.length} more
      <ChevronDown aria-hidden="true" size={12} />
    </Menu>
  );
}
