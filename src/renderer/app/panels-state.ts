import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Which panels are open around the page, remembered in this browser. */
export const usePanels = create<{ chain: boolean }>()(
  persist((): { chain: boolean } => ({ chain: true }), { name: 'drydock.panels', version: 1 }),
);

export function toggleChainPanel(): void {
  usePanels.setState(({ chain }) => ({ chain: !chain }));
}
