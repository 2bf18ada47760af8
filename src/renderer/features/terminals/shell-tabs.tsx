import { useEffect } from 'react';
import { changeTabs } from '../../core/panel/panel-store.ts';
import { withShells } from '../../core/panel/panel-tabs.ts';
import { shellTabOf } from './shell-tab.ts';
import { useTerminals } from './use-terminals.ts';

/** Keeps the tabs of shells those of the core, which also other windows open and close. */
export function ShellTabs() {
  const shells = useTerminals().data;
  useEffect(() => {
    if (shells) changeTabs(withShells, shells.map(shellTabOf));
  }, [shells]);
  return null;
}
