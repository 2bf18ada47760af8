import { create } from 'zustand';

interface ShownRuns {
  /** Id of the run that a project's page shows; missing: its latest. */
  runs: Record<number, number>;
  show(project: number, run: number): void;
}

export const useShownRuns = create<ShownRuns>((set) => ({
  runs: {},
  show: (project, run) => set(({ runs }) => ({ runs: { ...runs, [project]: run } })),
}));
