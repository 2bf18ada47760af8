import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface ChosenTargets {
  /** Name of the target by id of the project; missing: the default one. */
  targets: Record<number, string>;
}

/** The target of each project's next deployment. Kept in this browser. */
export const useChosenTargets = create<ChosenTargets>()(
  persist((): ChosenTargets => ({ targets: {} }), { name: 'drydock.targets', version: 1 }),
);

export function chooseTarget(project: number, target: string): void {
  useChosenTargets.setState(({ targets }) => ({ targets: { ...targets, [project]: target } }));
}
