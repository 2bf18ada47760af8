import { create } from 'zustand';

export interface LogTab {
  id: number;
  number: number;
  project: string;
  /** Opened by browsing: the next such tab replaces it. */
  passing: boolean;
}

interface LogTabs {
  tabs: LogTab[];
  active: number | null;
  /** How often the log was opened, other than by browsing. */
  asked: number;
  /** A line of a run's log to show. `asked` distinguishes two equal requests. */
  jump: { id: number; seq: number; asked: number } | null;
  open(tab: Omit<LogTab, 'passing'>, passing: boolean): void;
  activate(id: number): void;
  close(id: number): void;
  jumpTo(id: number, seq: number): void;
}

/** Which logs are open in the terminal panel. */
export const useLogTabs = create<LogTabs>((set) => ({
  tabs: [],
  active: null,
  asked: 0,
  jump: null,
  open: (tab, passing) =>
    set(({ tabs, asked: before }) => {
      const asked = passing ? before : before + 1;
      const known = tabs.find((other) => other.id === tab.id);
      if (known) {
        return {
          active: tab.id,
          asked,
          tabs: passing
            ? tabs
            : tabs.map((other) => (other.id === tab.id ? { ...tab, passing } : other)),
        };
      }
      const stay = passing ? tabs.filter((other) => !other.passing) : tabs;
      return { active: tab.id, asked, tabs: [...stay, { ...tab, passing }].slice(-6) };
    }),
  activate: (id) => set(({ asked }) => ({ active: id, asked: asked + 1 })),
  close: (id) =>
    set(({ tabs, active }) => {
      const at = tabs.findIndex((tab) => tab.id === id);
      const left = tabs.filter((tab) => tab.id !== id);
      return {
        tabs: left,
        active: active === id ? (left[Math.max(0, at - 1)]?.id ?? null) : active,
      };
    }),
  jumpTo: (id, seq) =>
    set(({ asked }) => ({ active: id, asked: asked + 1, jump: { id, seq, asked: Date.now() } })),
}));
