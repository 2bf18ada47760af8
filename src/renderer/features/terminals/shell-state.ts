import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** Which shell the terminal panel shows; null: a log. A reload of the page restores it. */
export const useShell = create<{ active: string | null }>()(
  persist((): { active: string | null } => ({ active: null }), {
    name: 'drydock.shell',
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
  }),
);

export function showShell(id: string | null): void {
  useShell.setState({ active: id });
}
