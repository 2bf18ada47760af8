import { create } from 'zustand';
import { showTab } from './panel-store.ts';
import type { LogTab } from './panel-tab.ts';

/** A line of a run's log to show. `asked` distinguishes two equal requests. */
export const useLogJump = create<{ jump: { id: number; seq: number; asked: number } | null }>(
  () => ({ jump: null }),
);

/** Shows a line of a run's log. */
export function jumpTo(tab: LogTab, seq: number): void {
  showTab(tab);
  useLogJump.setState({ jump: { id: tab.id, seq, asked: Date.now() } });
}
