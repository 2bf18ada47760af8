import type { Project } from '#main/features/projects/contract.ts';

/** A heading of the list with what stands under it; empty: none. */
export interface ProjectGroup {
  name: string;
  projects: Project[];
}

/** As the sidebar shows them: those without a group first, then each group where its first one is. */
export function groupsOf(projects: readonly Project[]): ProjectGroup[] {
  const groups = new Map<string, Project[]>([['', []]]);
  for (const project of projects) {
    const inGroup = groups.get(project.group) ?? [];
    groups.set(project.group, [...inGroup, project]);
  }
  return [...groups]
    .map(([name, inGroup]) => ({ name, projects: inGroup }))
    .filter(({ projects: inGroup }) => inGroup.length > 0);
}

/**
 * Before which other one of its group a project is put to move it by one place. `undefined`: it stands
 * there already; null: behind all others.
 */
export function placeFor(
  projects: readonly Project[],
  { id, group }: Project,
  direction: 'up' | 'down',
): number | null | undefined {
  const inGroup = projects.filter((one) => one.group === group);
  const at = inGroup.findIndex((one) => one.id === id);
  if (direction === 'up') return inGroup[at - 1]?.id;
  if (at === inGroup.length - 1) return undefined;
  return inGroup[at + 2]?.id ?? null;
}
