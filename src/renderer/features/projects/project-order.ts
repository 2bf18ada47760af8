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
