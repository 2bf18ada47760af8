import type { Scope, VariableRow } from './store.ts';

/** From the least particular. */
export type Layer = 'shared' | 'shared-target' | 'project' | 'project-target';

/** The more particular one counts. What a project says of itself is more particular than a network. */
const ORDER: readonly Layer[] = ['shared', 'shared-target', 'project', 'project-target'];

export function layerOf({ project, target }: Scope): Layer {
  if (project === null) return target === null ? 'shared' : 'shared-target';
  return target === null ? 'project' : 'project-target';
}

/** Those of a run's project and target, by name: of several, the one that counts. */
export function effective<Row extends VariableRow>(
  rows: readonly Row[],
  project: number | null,
  target: string | null,
): Map<string, Row> {
  const counting = new Map<string, Row>();
  for (const row of rows) {
    const isOther =
      (row.project !== null && row.project !== project) ||
      (row.target !== null && row.target !== target);
    if (isOther) continue;
    const before = counting.get(row.name);
    if (!before || rank(row) > rank(before)) counting.set(row.name, row);
  }
  return counting;
}

const rank = (scope: Scope): number => ORDER.indexOf(layerOf(scope));

/** Where a value comes from, in words. */
export function originWords({ project, target }: Scope): string {
  const where = target === null ? '' : ` on ${target}`;
  return project === null ? `shared${where}` : `this project${where}`;
}
