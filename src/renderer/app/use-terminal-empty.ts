import { useContainerLog } from '../core/panel/container-log.ts';
import { useLogTabs } from '../core/panel/log-tabs.ts';
import { useTerminals } from '../features/terminals/use-terminals.ts';

/** Whether the terminal panel has nothing to show: no log, and no shell. */
export function useTerminalEmpty(): boolean {
  const logs = useLogTabs((state) => state.tabs.length);
  const shells = useTerminals().data?.length ?? 0;
  const container = useContainerLog((state) => state.of);
  return logs + shells === 0 && container === null;
}
