import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Used } from './rank-commands.ts';

const MOST = 100;

/** When commands were used last. Kept in this browser. */
export const useUsedCommands = create<{ used: Used }>()(
  persist((): { used: Used } => ({ used: {} }), { name: 'drydock.used-commands', version: 1 }),
);

export function noteUsed(id: string): void {
  useUsedCommands.setState(({ used }) => {
    const others = Object.entries(used).filter(([other]) => other !== id);
    const latest = others.sort(([, a], [, b]) => b - a).slice(0, MOST - 1);
    return { used: Object.fromEntries([[id, Date.now()], ...latest]) };
  });
}
