const projectTabs = ['deploy', 'contracts', 'history', 'settings'] as const;
export type ProjectTab = (typeof projectTabs)[number];

/** The first tab is the project's own address. */
export function projectPath(id: number, tab: ProjectTab = 'deploy'): string {
  return tab === 'deploy' ? `/projects/${id}` : `/projects/${id}/${tab}`;
}

export function isProjectTab(text: string | undefined): text is ProjectTab {
  return projectTabs.some((tab) => tab === text);
}
