import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useRef } from 'react';
import { keyOf, type PanelTab } from '../../core/panel/panel-tab.ts';
import type { Half } from '../../core/panel/panel-tabs.ts';
import { useWidth } from '../../ui/use-width.ts';
import { foldedTabs } from './folded-tabs.ts';
import { MoreTabs } from './more-tabs.tsx';
import { PanelTabButton } from './panel-tab.tsx';
import { RenameField } from './rename-field.tsx';
import { useRenaming } from './renaming.ts';
import { useEnded } from './use-ended.ts';
import type { TabActions } from './use-tab-actions.tsx';

/** What stands behind the tabs, px. */
const plusWidth = 32;
const moreWidth = 78;

interface TabBarProps {
  half: Half;
  label: string;
  actionsOf(tab: PanelTab): TabActions;
  onClosing(): void;
  /** Behind the last tab. */
  children: ReactNode;
}

/** The tabs of one half, as many as there is room for. */
export function TabBar({ half, label, actionsOf, onClosing, children }: TabBarProps) {
  const { tabs, active } = half;
  const { ref, width } = useWidth();
  const isEnded = useEnded();
  const bar = useRef<HTMLDivElement>(null);
  const room = Math.max(0, width - plusWidth);
  const given = { active, isEnded };
  const fits = width === 0 || foldedTabs(tabs, { ...given, width: room }).length === 0;
  const folded = fits ? [] : foldedTabs(tabs, { ...given, width: room - moreWidth });
  const renaming = useRenaming(({ key }) => key);
  const renamed = tabs.find((tab) => keyOf(tab) === renaming);
  return (
    <div ref={ref} className="h-full min-w-0 flex-1">
      <div ref={bar} className="relative flex h-full min-w-0 items-center gap-1">
        <Tabs.List aria-label={label} className="flex h-full min-w-0 overflow-hidden">
          {tabs
            .filter((tab) => !folded.includes(tab))
            .map((tab) => (
              <PanelTabButton
                key={keyOf(tab)}
                tab={tab}
                isActive={keyOf(tab) === active}
                isEnded={isEnded(tab)}
                actions={actionsOf(tab)}
                onClosing={onClosing}
              />
            ))}
        </Tabs.List>
        {folded.length > 0 && <MoreTabs tabs={folded} />}
        {children}
        {renamed && <RenameField key={renaming} tab={renamed} bar={bar} />}
      </div>
    </div>
  );
}
