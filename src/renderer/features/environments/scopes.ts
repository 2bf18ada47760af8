import type { Variable } from '#main/features/environments/contract.ts';

/** What a variable is for, as one word of a list. */
export const scopes = ['project', 'project-target', 'shared', 'shared-target'] as const;
export type ScopeName = (typeof scopes)[number];

export const scopeOf = ({ project, target }: Pick<Variable, 'project' | 'target'>): ScopeName => {
  if (project) return target === null ? 'project' : 'project-target';
  return target === null ? 'shared' : 'shared-target';
};

/** As procedures take it. */
export const scopeInput = (scope: ScopeName, project: number, target: string) => ({
  project: scope.startsWith('project') ? project : null,
  target: scope.endsWith('target') ? target : null,
});

/** The scope of a variable that is kept. */
export const keptIn = ({ project, target }: Pick<Variable, 'project' | 'target'>) => ({
  project: project?.id ?? null,
  target,
});

export const scopeWords: Record<ScopeName, (target: string) => string> = {
  project: () => 'this project',
  'project-target': (target) => `this project on ${target}`,
  shared: () => 'shared',
  'shared-target': (target) => `shared on ${target}`,
};
