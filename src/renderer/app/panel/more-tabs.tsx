import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { openRoom } from '../../core/panel/panel-room.ts';
import { changeTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab, tabWords } from '../../core/panel/panel-tab.ts';
import { selected } from '../../core/panel/panel-tabs.ts';
import { MenuItems, menuLook } from '../../ui/menu-items.tsx';

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
    <Menu.Root>
      <Menu.Trigger className="flex h-[26px] items-center gap-1 rounded-md px-2 text-xs whitespace-nowrap text-ink-dim nums hover:bg-hover hover:text-ink data-popup-open:bg-hover">
        {tabs.length} more
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Menu.Popup className={menuLook}>
            <MenuItems items={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
