import { CircleX, Columns2, ListX, Pencil, Pin, PinOff, RotateCcw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { KeyCommand } from '../../core/keys/key-command.ts';
import { keys } from '../../core/keys/keys.ts';
import { changeTabs, usePanelTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab } from '../../core/panel/panel-tab.ts';
import { allTabs, canMove, joined, moved, pinned } from '../../core/panel/panel-tabs.ts';
import { startRenaming } from './renaming.ts';
import { useCloseTabs } from './use-close-tabs.ts';
import { useEnded } from './use-ended.ts';
import { useReopen } from './use-reopen.ts';

export interface TabAction {
  /** As a menu on the tab says it. */
  label: string;
  /** As it is called elsewhere. */
  title: string;
  icon: ReactNode;
  command?: KeyCommand;
  disabled: boolean;
  onSelect(): void;
}

/** Everything that can be done with a tab, and with the others because of it. */
export function useTabActions(): (tab: PanelTab) => TabActions {
  const state = usePanelTabs();
  const isEnded = useEnded();
  const { closeTabs, closeOthers } = useCloseTabs(isEnded);
  const { reopen, canReopen } = useReopen();
  const tabs = allTabs(state);
  const ended = tabs.filter((one) => isEnded(one) && !one.pinned);
  const isSplit = state.halves.length > 1;
  return (tab) => {
    const key = keyOf(tab);
    const others = tabs.filter((one) => one !== tab && !one.pinned);
    const side = state.halves[0]?.tabs.includes(tab) ? 'right' : 'left';
    return {
      rename: {
        ...{ label: 'Rename…', title: 'Rename the tab', icon: <Pencil size={14} /> },
        ...{ command: keys.renameTab, disabled: false, onSelect: () => startRenaming(key) },
      },
      pin: {
        label: tab.pinned ? 'Unpin' : 'Pin',
        title: tab.pinned ? 'Unpin the tab' : 'Pin the tab',
        icon: tab.pinned ? <PinOff size={14} /> : <Pin size={14} />,
        ...{ command: keys.pinTab, disabled: false },
        onSelect: () => changeTabs(pinned, key, !tab.pinned),
      },
      split: {
        label: isSplit ? `Move to the ${side}` : 'Split right',
        title: isSplit ? `Move the tab to the ${side}` : 'Split the terminal: tab to the right',
        icon: <Columns2 size={14} />,
        ...{ command: keys.splitTab, disabled: !canMove(state, key) },
        onSelect: () => changeTabs(moved, key),
      },
      join: {
        ...{ label: 'Join both halves', title: 'Join both halves of the terminal' },
        ...{ icon: <Columns2 size={14} />, disabled: !isSplit },
        onSelect: () => changeTabs(joined),
      },
      close: {
        ...{ label: 'Close', title: 'Close the tab', icon: <X size={14} /> },
        ...{ command: keys.closeTab, disabled: false, onSelect: () => closeTabs([tab]) },
      },
      closeOthers: {
        ...{ label: 'Close others', title: 'Close the other tabs', icon: <ListX size={14} /> },
        ...{ command: keys.closeOthers, disabled: others.length === 0 },
        onSelect: () => closeOthers(others),
      },
      closeEnded: {
        ...{ label: 'Close all ended', title: 'Close all tabs that have ended' },
        ...{ icon: <CircleX size={14} />, command: keys.closeEnded, disabled: ended.length === 0 },
        onSelect: () => closeTabs(ended),
      },
      reopen: {
        ...{ label: 'Reopen the last closed', title: 'Reopen the last closed tab' },
        ...{ icon: <RotateCcw size={14} />, command: keys.reopenTab, disabled: !canReopen },
        onSelect: reopen,
      },
    };
  };
}

export type TabActions = Record<TabActionName, TabAction>;

type TabActionName =
  | 'rename'
  | 'pin'
  | 'split'
  | 'join'
  | 'close'
  | 'closeOthers'
  | 'closeEnded'
  | 'reopen';
